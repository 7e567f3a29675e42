/**
 * Running `dcv-mock-broker` as a user does: as a program of its own.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** A running command, and what it printed up to its last line of introduction. */
export interface RunningCommand extends AsyncDisposable {
  readonly output: string;
  /** What it prints next, up to and with this text. */
  readUntil(text: string): Promise<string>;
  /** Ends its standard input; the exit status, once it has ended. */
  endInput(): Promise<number>;
  /** Sends a signal; the exit status. */
  stop(signal: Deno.Signal): Promise<number>;
  /** What it printed that nobody has read; after `stop()` all of that. */
  unread(): string;
  /** What it printed on its standard error, once it has ended. */
  readonly stderr: Promise<string>;
}

/** Where a command runs. */
export interface Surroundings {
  readonly folder?: string;
  /** Variables beside those of the tests. */
  readonly env?: Record<string, string>;
}

/** Long enough for a busy machine; a command that says nothing for so long is ended, and the test fails. */
const PATIENCE_MS = 60_000;

const CLI = fromFileUrl("../../mock_broker/cli.ts");
const CONFIG = fromFileUrl("../../deno.json");

function fromFileUrl(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The command with its arguments, as Deno runs it here. */
export function commandLine(...args: string[]): string[] {
  return ["run", "-A", "--no-check", "--config", CONFIG, CLI, ...args];
}

/** Starts the command on a free port, and waits until it has introduced itself. */
export async function startCommand(...args: string[]): Promise<RunningCommand> {
  const caFile = await Deno.makeTempFile({ suffix: ".pem" });
  const running = await startCommandIn(".", "--ca-file", caFile, ...args);
  const dispose = async () => {
    await running[Symbol.asyncDispose]();
    await Deno.remove(caFile);
  };
  return { ...running, [Symbol.asyncDispose]: dispose };
}

/** A program cannot be asked to end on Windows, only ended. */
export const CAN_BE_TOLD_TO_STOP = Deno.build.os !== "windows";

/** Starts the command in a folder, with no file for its CA chosen. */
export function startCommandIn(folder: string, ...args: string[]): Promise<RunningCommand> {
  return startCommandWith({ folder }, ...args);
}

/** Starts the command in surroundings of its own, with no file for its CA chosen. */
export async function startCommandWith(
  { folder = ".", env = {} }: Surroundings,
  ...args: string[]
): Promise<RunningCommand> {
  const child = new Deno.Command(Deno.execPath(), {
    args: commandLine("--port", "0", ...args),
    cwd: folder,
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  const readUntil = async (text: string) => {
    while (!unread.includes(text)) {
      const { done, value } = await reader.read();
      if (done) {
        throw new Error(`The command ended before it printed "${text}": ${unread}${await stderr}`);
      }
      unread += value;
    }
    const end = unread.indexOf(text) + text.length;
    const read = unread.slice(0, end);
    unread = unread.slice(end);
    return read;
  };
  let stopped: Promise<number> | undefined;
  const stop = (signal: Deno.Signal) => {
    stopped ??= (async () => {
      try {
        child.kill(signal);
      } catch {
        // It has ended by itself.
      }
      const { code } = await child.status;
      for (let next = await reader.read(); !next.done; next = await reader.read()) unread += next.value;
      return code;
    })();
    return stopped;
  };
  return {
    output: await readUntil(args.includes("json") ? "\n" : "Ctrl+C.\n"),
    readUntil,
    unread: () => unread,
    stderr,
    stop,
    async endInput() {
      await child.stdin.close();
      return await child.status.then(({ code }) => code);
    },
    async [Symbol.asyncDispose]() {
      await stop("SIGTERM");
    },
  };
}

/** What came of a command that has ended. */
export interface EndedCommand {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command until it ends by itself. */
export function runCommand(...args: string[]): Promise<EndedCommand> {
  return runCommandWith({}, ...args);
}

/** Runs the command in surroundings of its own until it ends by itself. */
export async function runCommandWith(
  { folder = ".", env = {} }: Surroundings,
  ...args: string[]
): Promise<EndedCommand> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: commandLine(...args),
    cwd: folder,
    env,
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

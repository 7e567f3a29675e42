/**
 * Running `dcvkit` as its users do: as a program of its own, against a mock broker over HTTPS.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";

/** Long enough for a busy machine; a command that does not end is ended, and its test fails. */
const PATIENCE_MS = 60_000;

const CLI = fromRoot("cli/cli.ts");
const CONFIG = fromRoot("deno.json");

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** What a command left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A broker that listens, a folder to work in, and the command with what it needs in its environment. */
export interface Stage extends AsyncDisposable {
  readonly broker: MockBroker;
  /** Where the command runs, and where its home is. */
  readonly folder: string;
  /** What the command finds in its environment; a test may change it. */
  readonly env: Record<string, string>;
  /** What a shell calls the command by. */
  readonly shellCommand: string;
  /** Runs the command to its end. */
  dcvkit(...args: string[]): Promise<Outcome>;
  /** The program and its first arguments, before those of the command. */
  readonly program: Program;
  /** Starts the command; the caller ends it. */
  start(...args: string[]): Deno.ChildProcess;
}

/** What runs the command: an executable, and its first arguments. */
export type Program = readonly [string, ...string[]];

/** The command in this repository, on the runtime of the tests. */
const FROM_SOURCE: Program = [Deno.execPath(), "run", "-A", "--quiet", "--no-check", "--config", CONFIG, CLI];

/** Sets the stage. Sessions are READY within a tenth of a second. */
export async function createStage(
  options: MockBrokerOptions = {},
  program: Program = FROM_SOURCE,
): Promise<Stage> {
  const broker = new MockBroker({ clock: { speed: 100 }, ...options });
  const server = await broker.listen({ port: 0, desktopPort: 0 });
  const folder = await Deno.makeTempDir({ prefix: "dcvkit_" });
  await Deno.writeTextFile(`${folder}/ca.pem`, server.ca!);
  const env: Record<string, string> = {
    PATH: Deno.env.get("PATH") ?? "",
    HOME: folder,
    NO_COLOR: "1",
    DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
    DCV_SM_BROKER_URL: server.url,
    DCV_SM_CLIENT_ID: broker.credentials.clientId,
    DCV_SM_CLIENT_PASSWORD: broker.credentials.clientSecret,
    DCV_SM_CA_FILE: `${folder}/ca.pem`,
  };
  const [executable, ...before] = program;
  const start = (...args: string[]) =>
    new Deno.Command(executable, {
      args: [...before, ...args],
      cwd: folder,
      env,
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).spawn();
  return {
    broker,
    folder,
    env,
    program,
    shellCommand: program.map((word) => `'${word}'`).join(" "),
    start,
    async dcvkit(...args) {
      const { code, stdout, stderr } = await start(...args).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, stdout: text(stdout), stderr: text(stderr) };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Its lines, without the last line break. */
export function linesOf(text: string): string[] {
  return text.trimEnd().split("\n");
}

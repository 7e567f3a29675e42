/**
 * The command as a program of its own on any runtime, over plain HTTP, read line by line.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";

/** The API client of every command that is started here. */
export const credentials = { clientId: "portal", clientSecret: "secret" };

/** Whatever hangs is ended after so long, and the check fails. */
const PATIENCE_MS = 120_000;

const CREDENTIALS = ["--client-id", credentials.clientId, "--client-secret", credentials.clientSecret];

/** A folder that goes with whoever uses it. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Starts the command on a free port, and waits until it listens. */
export async function startMock(command: readonly string[], ...args: string[]): Promise<RunningMock> {
  const child = spawn([
    ...command,
    "--no-tls",
    "--port",
    "0",
    "--no-desktop",
    "--log",
    "json",
    ...CREDENTIALS,
    ...args,
  ]);
  return await RunningMock.of(child);
}

function spawn([program, ...args]: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(program!, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).spawn();
}

/** A command that listens. */
export class RunningMock {
  readonly url: string;
  readonly #child: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #stderr: Promise<string>;
  #unread = "";

  private constructor(
    url: string,
    child: Deno.ChildProcess,
    reader: ReadableStreamDefaultReader<string>,
    stderr: Promise<string>,
  ) {
    this.url = url;
    this.#child = child;
    this.#reader = reader;
    this.#stderr = stderr;
  }

  static async of(child: Deno.ChildProcess): Promise<RunningMock> {
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const stderr = new Response(child.stderr).text();
    let text = "";
    while (!text.includes("\n")) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`The command ended with ${(await child.status).code}: ${await stderr}`);
      text += value;
    }
    const end = text.indexOf("\n");
    const mock = new RunningMock(JSON.parse(text.slice(0, end)).url, child, reader, stderr);
    mock.#unread = text.slice(end + 1);
    return mock;
  }

  /** Runs a command that ends by itself, having refused. */
  static async refused(
    command: readonly string[],
    ...args: string[]
  ): Promise<{ code: number; stderr: string }> {
    const child = spawn([
      ...command,
      "--no-tls",
      "--port",
      "0",
      "--no-desktop",
      "--log",
      "json",
      ...CREDENTIALS,
      ...args,
    ]);
    const { code, stdout, stderr } = await child.output();
    assertEquals(new TextDecoder().decode(stdout).includes("listening"), false);
    return { code, stderr: new TextDecoder().decode(stderr) };
  }

  get pid(): number {
    return this.#child.pid;
  }

  client(): SessionManagerClient {
    return new SessionManagerClient({ brokerUrl: this.url, credentials });
  }

  async accessToken(): Promise<string> {
    const answer = await fetch(`${this.url}/oauth2/token?grant_type=client_credentials`, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa(`${credentials.clientId}:${credentials.clientSecret}`)}` },
    });
    return (await answer.json()).access_token;
  }

  /** What it prints up to and with this text. */
  async readUntil(text: string): Promise<string> {
    while (!this.#unread.includes(text)) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`The command ended before it printed "${text}": ${this.#unread}`);
      this.#unread += value;
    }
    const end = this.#unread.indexOf(text) + text.length;
    const read = this.#unread.slice(0, end);
    this.#unread = this.#unread.slice(end);
    return read;
  }

  /** Sends a signal; the exit status. */
  async end(signal: Deno.Signal): Promise<number> {
    this.#child.kill(signal);
    const [{ code }] = await Promise.all([this.#child.status, this.#stderr, this.#drain()]);
    return code;
  }

  async #drain(): Promise<void> {
    while (!(await this.#reader.read()).done) { /* until it is closed */ }
  }
}

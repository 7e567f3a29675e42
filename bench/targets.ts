/**
 * Servers under load, each a process of its own.
 *
 * @module
 */

/** A server that answers `POST /describeSessions`. */
export interface Target extends AsyncDisposable {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a server says on its first line, when it listens. */
interface Listening {
  readonly port: number;
  /** The value of the header `Authorization` with which calls are answered. */
  readonly authorization?: string;
}

/** Starts a program that says where it listens, with `input` on its standard input. */
export async function startTarget([program, ...args]: readonly string[], input = ""): Promise<Target> {
  const child = new Deno.Command(program!, { args, stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { port, authorization } = JSON.parse(await firstLine(child)) as Listening;
  return target(port, authorization, () => child.kill("SIGKILL"), child);
}

/** Waits until a server answers that does not say when. */
export async function targetAt(
  port: number,
  authorization: string | undefined,
  stop: () => void,
  child: Deno.ChildProcess,
): Promise<Target> {
  const there = target(port, authorization, stop, child);
  for (let attempt = 0; attempt < 240; attempt++) {
    if (await answerOf(there).then(() => true, () => false)) return there;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await there[Symbol.asyncDispose]();
  throw new Error(`Nothing answers on port ${port}`);
}

function target(
  port: number,
  authorization: string | undefined,
  stop: () => void,
  child: Deno.ChildProcess,
): Target {
  return {
    url: `http://127.0.0.1:${port}/describeSessions`,
    headers: { "Content-Type": "application/json", ...(authorization && { "Authorization": authorization }) },
    async [Symbol.asyncDispose]() {
      stop();
      await child.stdout.cancel();
      await child.status;
    },
  };
}

/** The bytes of one answer. */
export async function answerOf({ url, headers }: Target): Promise<string> {
  const response = await fetch(url, { method: "POST", headers, body: "{}" });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return text;
}

/** What a process prints first. */
export async function firstLine({ stdout }: Deno.ChildProcess): Promise<string> {
  const reader = stdout.getReader();
  let text = "";
  try {
    while (!text.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`A server ended before it listened: ${text}`);
      text += new TextDecoder().decode(value);
    }
  } finally {
    reader.releaseLock();
  }
  return text.slice(0, text.indexOf("\n"));
}

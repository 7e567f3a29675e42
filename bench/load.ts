/**
 * Load on a server: wrk, a native program that costs little of the machine, or autocannon where there is no wrk.
 *
 * @module
 */

const CONNECTIONS = 16;

/** What is asked, over and over. */
export interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A program that asks. */
export interface LoadGenerator {
  readonly name: string;
  /** Answers a second over so many seconds; an error if one was not a success. */
  load(asked: Asked, seconds: number): Promise<number>;
}

/** wrk where it is, autocannon where it is not. */
export async function loadGenerator(): Promise<LoadGenerator> {
  const hasWrk = await new Deno.Command("wrk", { args: ["--version"], stdout: "null", stderr: "null" })
    .output()
    .then(() => true, () => false);
  if (hasWrk) return { name: "wrk", load: loadWithWrk };
  console.log("There is no wrk: the load comes from autocannon, which may be slower than what it asks");
  return { name: "autocannon, slower than wrk", load: loadWithAutocannon };
}

async function loadWithWrk({ url, headers, body }: Asked, seconds: number): Promise<number> {
  const script = await Deno.makeTempFile({ suffix: ".lua" });
  try {
    await Deno.writeTextFile(
      script,
      [
        `wrk.method = "POST"`,
        `wrk.body = ${JSON.stringify(body)}`,
        ...Object.entries(headers).map(([name, value]) =>
          `wrk.headers["${name}"] = ${JSON.stringify(value)}`
        ),
      ].join("\n"),
    );
    const args = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "-s", script, url];
    const text = await outputOf("wrk", args);
    if (/Non-2xx|Socket errors/.test(text)) {
      throw new Error(`Not all requests to ${url} were answered:\n${text}`);
    }
    return Number(/Requests\/sec:\s*([\d.]+)/.exec(text)![1]);
  } finally {
    await Deno.remove(script);
  }
}

async function loadWithAutocannon({ url, headers, body }: Asked, seconds: number): Promise<number> {
  const fields = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const result = JSON.parse(
    await outputOf("npx", [
      ...["-y", "autocannon@^8", "--json", "--connections", `${CONNECTIONS}`, "--duration", `${seconds}`],
      ...["--method", "POST", ...fields, "--body", body, url],
    ]),
  );
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`Not all requests to ${url} were answered`);
  return result.requests.average;
}

async function outputOf(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

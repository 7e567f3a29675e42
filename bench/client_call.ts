/**
 * What the client adds to a call: `describeSessions` with 20 sessions in the answer, over a `fetch` that has it at hand,
 * against the same request made by hand and by openapi-fetch, on Deno, Bun and Node.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { type Figure, median, report } from "./report.ts";

const RUNTIMES: Record<string, string[]> = {
  "Deno": [Deno.execPath(), "run", "--quiet", "--no-config", "--allow-all"],
  "Bun": ["npx", "-y", "bun@^1.4"],
  "Node 20": ["npx", "-y", "node@20"],
  "Node 24": ["npx", "-y", "node@24"],
};

const folder = await Deno.makeTempDir({ prefix: "client_call_" });
try {
  const program = await bundled();
  const page = await pageOfSessions();
  const figures: Figure[] = [];
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    figures.push(
      ...figuresOf(runtime, await measured([...command, program], page)),
    );
  }
  if (!report(figures)) Deno.exitCode = 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Rounds that follow each other are compared, since the machine is not as busy in all of them. */
function figuresOf(
  runtime: string,
  [bare, ours, generated, bareUnmeasured, oursUnmeasured]: number[][],
): Figure[] {
  const ratio = (times: number[], others: number[]) => median(times.map((time, i) => time / others[i]!));
  return [
    {
      what: `${runtime}: by hand`,
      value: Math.min(...bare!) * 1000,
      unit: "µs",
    },
    {
      what: `${runtime}: dcvkit`,
      value: Math.min(...ours!) * 1000,
      unit: "µs",
    },
    {
      what: `${runtime}: dcvkit to by hand`,
      value: ratio(ours!, bare!),
      unit: "times",
      atMost: 1.25,
    },
    {
      what: `${runtime}: dcvkit to openapi-fetch`,
      value: ratio(ours!, generated!),
      unit: "times",
      atMost: 1,
    },
    {
      what: `${runtime}: to by hand, without Content-Length`,
      value: ratio(oursUnmeasured!, bareUnmeasured!),
      unit: "times",
    },
  ];
}

/** What the program measures: for each of the ways, the milliseconds of a call in each round. */
async function measured(
  [program, ...args]: string[],
  page: string,
): Promise<number[][]> {
  const child = new Deno.Command(program!, {
    args,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  await new Blob([page]).stream().pipeTo(child.stdin);
  const { stdout } = await child.output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The program as one JavaScript file, because Node 20 does not read TypeScript. */
async function bundled(): Promise<string> {
  const output = `${folder}/client_call.mjs`;
  const config = ["--config", "tools.json", "--quiet", "--platform=deno"];
  const args = [
    "bundle",
    ...config,
    "--output",
    output,
    "bench/client_call_measured.ts",
  ];
  const { success } = await new Deno.Command(Deno.execPath(), { args })
    .output();
  if (!success) throw new Error("Cannot bundle bench/client_call_measured.ts");
  return output;
}

/** An answer with 20 sessions, as the mock broker gives it. */
async function pageOfSessions(): Promise<string> {
  const { url, credentials, fetch } = new MockBroker({
    seed: 1,
    servers: [{ maxVirtualSessions: 20 }],
    sessions: Array.from(
      { length: 20 },
      (_, index) => ({ id: `session-${index}`, owner: `user-${index}` }),
    ),
  });
  const client = new SessionManagerClient({
    brokerUrl: url,
    credentials,
    fetch,
  });
  return JSON.stringify(await client.describeSessions());
}

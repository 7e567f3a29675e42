/**
 * How many `describeSessions` a second the mock broker answers over a socket, with 20 sessions a page: against a bare
 * Hono app that answers the same bytes on the same kind of server, and against Prism on the OpenAPI file that the mock
 * serves. The load comes from autocannon, a process of its own as all servers are.
 *
 * @module
 */

import type { Listening } from "./mock_broker_servers.ts";
import { median, report } from "./report.ts";

const ROUNDS = 5;
const SECONDS = 2;
const CONNECTIONS = 16;
const PRISM_PORT = 4010;

/** A server under load. */
interface Target extends Listening {
  readonly name: string;
  stop(): void;
}

/** Starts one of our servers, with `bytes` on its standard input. */
async function start(name: string, bytes = ""): Promise<Target> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--config",
      "tools.json",
      new URL("./mock_broker_servers.ts", import.meta.url).href,
      name,
    ],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(bytes));
  await input.close();
  return { ...JSON.parse(await firstLine(child)), name, stop: () => child.kill() };
}

/** Prism answers with what the schemas of an OpenAPI file allow. npx starts it, and may not end it: its id does. */
async function startPrism(openApiFile: string): Promise<Target> {
  const command = `echo $$; exec prism mock --port ${PRISM_PORT} ${openApiFile} >&2`;
  const child = new Deno.Command("npx", {
    args: ["-y", "-p", "@stoplight/prism-cli@5", "-c", command],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const processId = Number(await firstLine(child));
  const target: Target = {
    name: "prism",
    port: PRISM_PORT,
    authorization: "Bearer any",
    stop: () => Deno.kill(processId),
  };
  for (let attempt = 0; attempt < 120; attempt++) {
    if (await describeSessions(target).then(() => true, () => false)) return target;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("Prism does not answer");
}

async function firstLine({ stdout }: Deno.ChildProcess): Promise<string> {
  const reader = stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return new TextDecoder().decode(value);
}

function headersOf({ authorization = "none" }: Target): Record<string, string> {
  return { "Authorization": authorization, "Content-Type": "application/json" };
}

/** The bytes of one answer. */
async function describeSessions(target: Target): Promise<string> {
  const url = `http://127.0.0.1:${target.port}/describeSessions`;
  const response = await fetch(url, { method: "POST", headers: headersOf(target), body: "{}" });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target.name} answers ${response.status}: ${text}`);
  return text;
}

/** Requests a second. */
async function load(target: Target): Promise<number> {
  const headers = Object.entries(headersOf(target)).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const { stdout } = await new Deno.Command("npx", {
    args: [
      ...["-y", "autocannon@^8", "--json", "--connections", `${CONNECTIONS}`, "--duration", `${SECONDS}`],
      ...["--method", "POST", ...headers, "--body", "{}", `http://127.0.0.1:${target.port}/describeSessions`],
    ],
    stderr: "null",
  }).output();
  const result = JSON.parse(new TextDecoder().decode(stdout));
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${target.name} did not answer all requests`);
  return result.requests.average;
}

/** The rates of the targets, round by round: what else the machine does in a round meets all of them. */
async function measure(targets: readonly Target[]): Promise<number[][]> {
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rates: number[] = [];
    for (const target of targets) rates.push(await load(target));
    rounds.push(rates);
  }
  return rounds;
}

const mock = await start("mock");
const bytes = await describeSessions(mock);
const openApiFile = await Deno.makeTempFile({ suffix: ".yaml" });
const openApi = await fetch(`http://127.0.0.1:${mock.port}/dcv-session-manager-api.yaml`);
await Deno.writeTextFile(openApiFile, await openApi.text());
const targets = [
  mock,
  await start("bare", bytes),
  await start("bare-deno", bytes),
  await startPrism(openApiFile),
];
try {
  const rounds = await measure(targets);
  const rate = (target: number) => median(rounds.map((rates) => rates[target]!));
  const mockAgainst = (target: number) => median(rounds.map((rates) => rates[0]! / rates[target]!));
  const kept = report([
    {
      what: "mock against a bare app on its kind of server",
      value: mockAgainst(1),
      unit: "times",
      atLeast: 0.6,
    },
    { what: "mock against Prism", value: mockAgainst(3), unit: "times", atLeast: 3 },
    { what: "mock against a bare app on Deno.serve", value: mockAgainst(2), unit: "times" },
    { what: "  mock", value: rate(0), unit: "requests/s" },
    { what: "  bare app on node:http", value: rate(1), unit: "requests/s" },
    { what: "  bare app on Deno.serve", value: rate(2), unit: "requests/s" },
    { what: "  Prism", value: rate(3), unit: "requests/s" },
  ]);
  Deno.exitCode = kept ? 0 : 1;
} finally {
  for (const target of targets) target.stop();
  await Deno.remove(openApiFile);
}

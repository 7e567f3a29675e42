/**
 * A mock broker under trouble, for so many minutes (`deno task soak 10`): twenty clients in a program of their own over
 * TLS, while faults strike, the broker restarts, tokens are revoked and the clock jumps. At the end no session may be
 * doubled, lost, a ghost or undead, and the broker's memory must have become level.
 *
 * @module
 */

import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import type { Ledger } from "./soak/ledger.ts";
import { type Control, createChance, makeTrouble } from "./soak/trouble.ts";
import { judge } from "./soak/verdict.ts";
import { median } from "./report.ts";

const [minutes = 1, seed = 1] = Deno.args.map(Number);
const TROUBLE_EVERY_MS = 1_000;
const MEMORY_POINTS = 20;
/** Simulated seconds in a real one: a session is READY within half a second. */
const SPEED = 20;
/** How much more memory the last quarter of the time may take than the quarter before. */
const MOST_GROWTH = 1.15;
/** Simulated time in which every creation, deletion and report comes to its end, in milliseconds. */
const SETTLING_MS = 120_000;
const FLEET = `
servers:
  - { count: 10, hostname: "host-{nn}", maxVirtualSessions: 50, maxConcurrentSessionsPerUser: 50 }
sessions: []
`;

const folder = await Deno.makeTempDir();
const [caFile, fleetFile] = [`${folder}/ca.pem`, `${folder}/fleet.yaml`];
const credentials = { clientId: "soak", clientSecret: crypto.randomUUID() };
await Deno.writeTextFile(fleetFile, FLEET);

const broker = run("../mock_broker/cli.ts", {
  stdin: "null",
  args: [
    ...["--port", "0", "--ca-file", caFile, "--fleet", fleetFile, "--log", "json", "--speed", String(SPEED)],
    ...["--client-id", credentials.clientId, "--client-secret", credentials.clientSecret],
  ],
});
const url = await introductionOf(broker);
const ca = await Deno.readTextFile(caFile);
const fetch = createTlsFetch({ ca });
const control: Control = async (method, path, body) => {
  const answer = await fetch(`${url}/_mock${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
};

const clients = run("./soak/clients.ts", {
  stdin: "piped",
  args: [url, caFile, credentials.clientId, credentials.clientSecret],
});
const ledgerText = new Response(clients.stdout).text();

const chance = createChance(seed);
const troubles: Record<string, number> = {};
const memory: number[] = [];
const end = Date.now() + minutes * 60_000;
while (Date.now() < end) {
  const what = await makeTrouble(control, chance);
  troubles[what] = (troubles[what] ?? 0) + 1;
  memory.push(await memoryOf(broker.pid));
  await new Promise((resolve) => setTimeout(resolve, TROUBLE_EVERY_MS));
}

await control("DELETE", "/faults");
await clients.stdin.close();
const ledger: Ledger = JSON.parse(await ledgerText);
await control("POST", "/clock/advance", { milliseconds: SETTLING_MS });
const client = new SessionManagerClient({ brokerUrl: url, credentials, fetch });
const verdict = judge(ledger, await Array.fromAsync(client.listSessions()));
fetch.close();
broker.kill("SIGTERM");
const { code } = await broker.status;
await Deno.remove(folder, { recursive: true });

const lives = Object.values(ledger.lives);
console.log(`${lives.length} sessions asked for, ${lives.filter(({ id }) => id).length} created`);
console.log("Trouble", troubles);
console.log("Calls that failed", ledger.failures);
console.table(
  Object.entries(ledger.durations).map(([operation, times]) => ({
    operation,
    calls: times.length,
    "p50 ms": Math.round(quantile(times, 0.5)),
    "p99 ms": Math.round(quantile(times, 0.99)),
  })),
);
console.log(`Memory of the broker in MiB: ${thinned(memory).map(Math.round).join(" ")}`);
const growth = median(memory.slice(-(memory.length >> 2))) /
  median(memory.slice(memory.length >> 1, -(memory.length >> 2)));
const isLevel = growth <= MOST_GROWTH;
console.log(`The last quarter took ${growth.toFixed(2)} times as much as the one before`);
for (const [what, names] of Object.entries(verdict)) {
  console.log(`${what}: ${names.length}${names.length > 0 ? ` (${names.slice(0, 5).join(", ")})` : ""}`);
}
const isSound = Object.values(verdict).every((names) => names.length === 0);
Deno.exit(isSound && isLevel && code === 0 ? 0 : 1);

/** Starts one of the programs, with no more right to the machine than what else runs there. */
function run(
  program: string,
  { args, stdin }: { args: string[]; stdin: "null" | "piped" },
): Deno.ChildProcess {
  const command = [
    Deno.execPath(),
    "run",
    "-A",
    "--no-check",
    new URL(program, import.meta.url).pathname,
    ...args,
  ];
  const [executable, ...rest] = Deno.build.os === "windows" ? command : ["nice", ...command];
  return new Deno.Command(executable!, { args: rest, stdin, stdout: "piped" }).spawn();
}

/** Where the broker listens. What it prints after that nobody reads, which it has to live with. */
async function introductionOf({ stdout }: Deno.ChildProcess): Promise<string> {
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) text += (await reader.read()).value ?? "";
  return JSON.parse(text.slice(0, text.indexOf("\n"))).url;
}

/** Resident memory of a process, in MiB. */
async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] }).output();
  return Number(new TextDecoder().decode(stdout)) / 1024;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** So many points of a curve, evenly spread. */
function thinned(points: readonly number[]): number[] {
  if (points.length <= MEMORY_POINTS) return [...points];
  return Array.from(
    { length: MEMORY_POINTS },
    (_, i) => points[Math.round(i * (points.length - 1) / (MEMORY_POINTS - 1))]!,
  );
}

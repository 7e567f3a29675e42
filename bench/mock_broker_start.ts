/**
 * How long a mock broker takes from the start of its process until somebody who asks it at once has its first answer,
 * on Deno and without TLS.
 *
 * @module
 */

import { median, report } from "./report.ts";

const ROUNDS = 21;
const PROGRAM = new URL("./mock_broker_first_answer.ts", import.meta.url).href;

/** Starts a broker, asks it, and ends it; milliseconds until its answer was there. */
async function timeToFirstAnswer(): Promise<number> {
  const start = performance.now();
  const args = ["run", "-A", "--no-check", PROGRAM];
  await using child = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  const { value } = await child.stdout.getReader().read();
  const response = await fetch(`${new TextDecoder().decode(value).trim()}/describeSessions`, {
    method: "POST",
  });
  const { error } = await response.json();
  const time = performance.now() - start;
  if (error !== "No authorization header") throw new Error(`The broker answers: ${error}`);
  child.kill();
  return time;
}

const times: number[] = [];
for (let round = -1; round < ROUNDS; round++) {
  const time = await timeToFirstAnswer();
  // The first round fills the caches of Deno and of the system.
  if (round >= 0) times.push(time);
}
const kept = report([
  { what: "start of the process to first answer", value: median(times), unit: "ms", atMost: 150 },
  { what: "  the fastest start", value: Math.min(...times), unit: "ms" },
]);
Deno.exitCode = kept ? 0 : 1;

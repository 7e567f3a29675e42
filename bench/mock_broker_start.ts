/**
 * How long a mock broker takes from the start of its process until its first answer over a socket is there, on Deno
 * and without TLS.
 *
 * @module
 */

import { report, timesOfCalls } from "./report.ts";

const FIRST_ANSWER = new URL("./mock_broker_first_answer.ts", import.meta.url).href;
const NOTHING = "data:text/javascript,";

/** Runs a program to its end. */
async function run(program: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program],
  }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
}

const calls = [FIRST_ANSWER, NOTHING].map((program) => () => run(program));
const [answer, nothing] = await timesOfCalls(calls, { rounds: 15, perRound: 1 });
const kept = report([
  { what: "start of the process to first answer", value: answer!, unit: "ms", atMost: 150 },
  { what: "  a program that does nothing", value: nothing!, unit: "ms" },
]);
Deno.exitCode = kept ? 0 : 1;

/**
 * Changes files that decide by one operator, bound or branch at a time, and runs the tests of each against every such
 * mutant: what no test notices is listed, with why it may live where that is known. Takes names of files, and
 * does all of them without.
 *
 * It works on a copy, two mutants at a time.
 *
 * @module
 */

import { DENO, TOOLS } from "../run.ts";
import { withStd } from "../jsr.ts";
import { HARMLESS } from "./harmless.ts";
import { describe, mutate, type Mutation, mutationsOf } from "./mutations.ts";

/** What is mutated, and the tests that should notice: the fast ones first, since most mutants meet no other. */
const SUBJECTS: Record<string, string[]> = {
  "src/call/token_source.ts": ["client/access_token", "client/authorization_servers"],
  "src/retry.ts": ["client/retries", "client/client_options"],
  "src/pages.ts": ["client/listings"],
  "src/call/answer.ts": [
    "client/errors",
    "client/hostile_answers",
    "client/operations",
    "client/access_token",
    "client/authorization_servers",
  ],
  "src/call/deadline.ts": ["client/cancellation", "client/listings", "client/waiting", "client/retries"],
  "mock_broker/simulation/placement.ts": ["mock_broker/placement", "mock_broker/requirements"],
  "mock_broker/simulation/requirements/matching.ts": ["mock_broker/requirements"],
  "mock_broker/simulation/requirements/parser.ts": [
    "mock_broker/requirements",
    "mock_broker/requirements_grammar",
  ],
  "mock_broker/simulation/session_store.ts": [
    "mock_broker/paging",
    "mock_broker/paging_under_change",
    "mock_broker/describe_sessions",
    "mock_broker/newest_first",
    "mock_broker/retention",
    "mock_broker/large_fleets",
    "mock_broker/saved_worlds",
  ],
  "mock_broker/connectors/client/page_token.ts": ["mock_broker/paging"],
  "mock_broker/simulation/agents.ts": [
    "mock_broker/unreachable_agents",
    "mock_broker/restart",
    "mock_broker/room_report",
    "mock_broker/local_sessions",
    "mock_broker/creation_failures",
    "mock_broker/connected_users",
    "mock_broker/describe_servers",
    "mock_broker/change_host",
  ],
  "mock_broker/control_api/guard.ts": ["mock_broker/control_guard"],
};

const WORKERS = 2;
/** A mutant that never ends is noticed by that. */
const LONGEST_RUN_MS = 60_000;
const COPIED = [
  "deno.json",
  "deno.lock",
  "tools.json",
  "tools.lock",
  "mod.ts",
  "src",
  "mock_broker",
  "cli",
  "tests",
  "bench",
  "examples",
  "scripts",
];

const names = Deno.args.length ? Deno.args : Object.keys(SUBJECTS);
const survivors = await withStd(async (importMapArgs) => {
  const queue: [string, Mutation][] = [];
  for (const name of names) {
    for (const mutation of mutationsOf(await Deno.readTextFile(name))) queue.push([name, mutation]);
  }
  console.log(`${queue.length} mutants`);
  // Tests that fail in any case would notice every mutant
  for (const name of names) {
    if (!await passes(".", name, importMapArgs)) {
      throw new Error(`The tests of ${name} fail without a mutant`);
    }
  }
  const survivors: string[] = [];
  await Promise.all(Array.from({ length: WORKERS }, async () => {
    const folder = await Deno.makeTempDir({ prefix: "mutants_" });
    try {
      await new Deno.Command("cp", { args: ["-r", ...COPIED, folder] }).output();
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [name, mutation] = next;
        const source = await Deno.readTextFile(name);
        await Deno.writeTextFile(`${folder}/${name}`, mutate(source, mutation));
        if (await passes(folder, name, importMapArgs)) {
          survivors.push(`${name}:${describe(source, mutation)}`);
        }
        await Deno.writeTextFile(`${folder}/${name}`, source);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }));
  return survivors.sort();
});

const unexplained = survivors.filter((survivor) => !HARMLESS[withoutLine(survivor)]);
for (const survivor of survivors) {
  console.log(survivor, "--", HARMLESS[withoutLine(survivor)] ?? "NOT NOTICED");
}
console.log(`${survivors.length} not noticed, ${survivors.length - unexplained.length} of them harmless`);
if (unexplained.length > 0) Deno.exit(1);

/** Lines move; what is changed to what does not. */
function withoutLine(survivor: string): string {
  return survivor.replace(/:\d+: /, ": ");
}

/** Runs the files of tests one by one, so that what is noticed early costs little. */
async function passes(cwd: string, subject: string, importMapArgs: string[]): Promise<boolean> {
  for (const test of SUBJECTS[subject] ?? []) {
    if (!await passesIn(cwd, `tests/${test}_test.ts`, importMapArgs)) return false;
  }
  return true;
}

async function passesIn(cwd: string, file: string, importMapArgs: string[]): Promise<boolean> {
  const test = ["test", ...TOOLS, "-A", "--no-check", "--fail-fast", "--quiet", ...importMapArgs, file];
  const signal = AbortSignal.timeout(LONGEST_RUN_MS);
  const { success } = await new Deno.Command(DENO, {
    args: test,
    cwd,
    signal,
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

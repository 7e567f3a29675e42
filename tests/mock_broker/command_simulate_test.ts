/** dcv-mock-broker simulate, as a program of its own. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { runCommand } from "./command.ts";
import { temporaryFolder } from "./running_mock.ts";

async function simulate(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand("simulate", ...args);
  assertEquals([code, stderr], [0, ""]);
  return stdout;
}

async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand("simulate", ...args);
  assertEquals([code, stdout], [2, ""]);
  return stderr.trim().replace(/^dcv-mock-broker: /, "");
}

Deno.test("simulate tells of a day on a ready fleet as a table, as JSON and as a plot", async () => {
  const args = ["--fleet", "small-lab", "--per-day", "50"];
  assertStringIncludes(await simulate(...args), "6 hosts, 27 places, 24 h from ");
  const { requested, hours } = JSON.parse(await simulate(...args, "--format", "json", "--hours", "12"));
  assert(requested > 10 && hours.length === 12);
  assertStringIncludes(await simulate(...args, "--format", "svg"), "</svg>");
  const compared = JSON.parse(await simulate(...args, "--hosts", "1,3", "--format", "json"));
  assertEquals(compared.map(({ hosts, places }: { hosts: number; places: number }) => [hosts, places]), [[
    1,
    4,
  ], [3, 12]]);
});

Deno.test("simulate goes on from a saved world, and asks once more for its sessions", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/world.json`;
  const broker = new MockBroker({ clock: "manual", properties: { "enable-authorization": false } });
  for (let i = 0; i < 3; i++) {
    await broker.fetch(`${broker.url}/createSessions`, {
      method: "POST",
      body: JSON.stringify([{ Name: "n", Owner: `u${i}`, Type: "VIRTUAL" }]),
    });
    broker.advance(60_000);
  }
  await Deno.writeTextFile(path, JSON.stringify(broker.save()));
  const { requested, started } = JSON.parse(await simulate("--demand", path, "--format", "json"));
  assertEquals([requested, started], [3, 3]);
  const { hours } = JSON.parse(await simulate("--state", path, "--per-day", "10", "--format", "json"));
  assert(hours[0].sessions.mean >= 3);
});

Deno.test("simulate --help fits 80 columns, and --help of the command tells of it", async () => {
  const help = await simulate("--help");
  for (const line of help.split("\n")) assert(line.length <= 80, line);
  assertStringIncludes((await runCommand("--help")).stdout, "dcv-mock-broker simulate --help");
});

Deno.test("what simulate cannot do as told is named", async () => {
  await using folder = await temporaryFolder();
  const demand = `${folder.path}/demand.yaml`;
  await Deno.writeTextFile(demand, "sessions: [{ perday: 3 }]");
  assertEquals(await refusal(), "What is asked for? --per-day 300 say, or --demand PATH");
  assertStringIncludes(await refusal("--demand", demand), "demand.sessions[0].perday: unknown, perDay?");
  assertStringIncludes(await refusal("--demand", `${folder.path}/none`), "there is no such file");
  await Deno.writeTextFile(demand, "sessions: [");
  assertStringIncludes(await refusal("--demand", demand), `Cannot read the demand ${demand}`);
  await Deno.writeTextFile(demand, "{}");
  assertStringIncludes(await refusal("--per-day", "1", "--state", demand), `${demand} is no saved world`);
  assertStringIncludes(await refusal("--per-day", "many"), "Expected a positive number");
  assertStringIncludes(await refusal("--per-day", "1", "--hosts", "0"), "Expected numbers of hosts");
  assertStringIncludes(await refusal("--per-day", "1", "--hours", "99999"), "duration: must be a number");
  assertStringIncludes(
    await refusal("--per-day", "1", "--hosts", "1,2", "--format", "svg"),
    "A plot shows one",
  );
  assertStringIncludes(await refusal("--per-day", "1", "--demand", demand), "cannot be used with");
  assertStringIncludes(await refusal("--perday", "1"), "--per-day");
});

/** What --state makes of a file, beside its surviving: see state_file_test.ts for that. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { MockBroker, type SavedWorld } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { commandLine, startCommand } from "./command.ts";
import { RunningMock, startMock, temporaryFolder } from "./running_mock.ts";

const COMMAND = [Deno.execPath(), ...commandLine()];
const FLEET = "servers: [{ hostname: a }, { hostname: b }]\nsessions: [{ id: s1, owner: ana, server: a }]\n";

/** A folder with a fleet file, and a place for a state file. */
async function lab() {
  const folder = await temporaryFolder();
  const [fleet, state] = [`${folder.path}/lab.yaml`, `${folder.path}/world.json`];
  await Deno.writeTextFile(fleet, FLEET);
  return { fleet, state, path: folder.path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** Starts the command, does something with it, and ends it. */
async function run<T>(args: string[], act: (mock: RunningMock) => Promise<T>): Promise<T> {
  const mock = await startMock(COMMAND, ...args);
  try {
    return await act(mock);
  } finally {
    assertEquals(await mock.end("SIGTERM"), 0);
  }
}

const hostnames = async (mock: RunningMock) =>
  (await Array.fromAsync(mock.client().listServers())).map(({ Hostname }) => Hostname).sort();
const idsOf = async (mock: RunningMock) =>
  (await Array.fromAsync(mock.client().listSessions())).map(({ Id }) => Id);

async function timeOf(mock: RunningMock): Promise<number> {
  return Date.parse((await (await fetch(`${mock.url}/_mock/state`)).json()).time);
}

async function change(path: string, apply: (saved: Record<string, unknown>) => void): Promise<void> {
  const saved = JSON.parse(await Deno.readTextFile(path));
  apply(saved);
  await Deno.writeTextFile(path, JSON.stringify(saved));
}

Deno.test("without a fleet the saved world goes on, and its file is a saved world for every other door", async () => {
  await using files = await lab();
  const { state } = files;
  await run(
    ["--state", state, "--fleet", files.fleet],
    (mock) => mock.client().createSession({ Name: "n", Owner: "bob", Type: "VIRTUAL" }),
  );
  const ids = await run(["--state", state], async (mock) => {
    assertEquals(await hostnames(mock), ["a", "b"]);
    return await idsOf(mock);
  });
  assertEquals([ids.length, ids[0]], [2, "s1"]);
  const saved: SavedWorld = JSON.parse(await Deno.readTextFile(state));
  assertEquals(MockBroker.load(saved).sessions.list().items.map(({ id }) => id).sort(), ids.toSorted());
});

Deno.test("a fleet file that was edited meanwhile is taken over as with --watch, and told of", async () => {
  await using files = await lab();
  const args = ["--state", files.state, "--fleet", files.fleet];
  await run(args, (mock) => mock.client().deleteSession({ SessionId: "s1", Owner: "ana" }));
  await Deno.writeTextFile(files.fleet, FLEET.replace("{ hostname: b }", "{ hostname: c }"));
  await run(args, async (mock) => {
    const news = JSON.parse(await mock.readUntil("\n"));
    assertEquals(news.changes, ["server b ended", "server c added"]);
    assert((await hostnames(mock)).includes("c"));
  });
  // What it says that has not changed does not come back.
  await run(args, async (mock) => assert(!JSON.stringify(await idsOf(mock)).includes("READY")));
  await run(
    [...args, "--gateway-port", "0"],
    async (mock) => assertEquals((await hostnames(mock)).length > 1, true),
  );
});

Deno.test("time that has passed meanwhile passes, at the world's speed, unless --no-catch-up says otherwise", async () => {
  await using files = await lab();
  const { state } = files;
  const before = await run(["--state", state, "--speed", "10"], timeOf);
  const hour = 3_600_000;
  const ago = (saved: Record<string, unknown>) =>
    saved.savedAt = new Date(Date.parse(saved.savedAt as string) - hour).toISOString();
  await change(state, ago);
  const standing = await run(["--state", state, "--no-catch-up"], timeOf);
  assert(standing - before < hour, `${standing - before} ms have passed`);
  await change(state, ago);
  const caughtUp = await run(["--state", state], timeOf);
  assert(caughtUp - before >= 10 * hour, `only ${caughtUp - before} ms have passed`);
  // A clock that stands is not moved, and a file from the future moves none back.
  await change(state, (saved) => saved.savedAt = new Date(Date.now() + hour).toISOString());
  const frozen = await run(["--state", state, "--frozen"], timeOf);
  assert(frozen >= caughtUp);
  await change(state, ago);
  assertEquals(await run(["--state", state], timeOf), frozen);
});

Deno.test("a file of the end of all dates, or of their beginning, is taken up", async () => {
  await using files = await lab();
  const { state } = files;
  await run(["--state", state, "--speed", "1000000"], timeOf);
  await change(state, (saved) => saved.savedAt = "0001-01-01T00:00:00.000Z");
  await run(
    ["--state", state],
    async (mock) => assertEquals((await mock.client().describeServers()).Servers?.length, 7),
  );
});

/** What a file may hold that is no world to go on from, and what is said of it. */
const WRONG: readonly [text: string, words: RegExp][] = [
  ["", /it is no JSON/],
  ["{", /it is no JSON/],
  ["null", /Not a saved world/],
  [
    `{"format":"dcv-mock-broker-world","version":0}`,
    /Saved world of version 0: this package reads version 1/,
  ],
  [`{"format":"dcv-mock-broker-world","version":1}`, /state: /],
  [FLEET, /it is no JSON/],
];

Deno.test("a file that is no world of this version is refused with what to do, and stays as it is", async () => {
  await using files = await lab();
  for (const [text, words] of WRONG) {
    await Deno.writeTextFile(files.state, text);
    const { code, stderr } = await RunningMock.refused(COMMAND, "--state", files.state);
    assertEquals(code, 2);
    assertStringIncludes(stderr, `Cannot go on from the state file ${files.state}: `);
    assertMatch(stderr, words);
    assertStringIncludes(stderr, "Without the file a new world begins");
    assertEquals(await Deno.readTextFile(files.state), text);
  }
  assertEquals(await namesIn(files.path), ["lab.yaml", "world.json"]);
});

Deno.test("a place where no file can be is refused before anything listens", async () => {
  await using files = await lab();
  const refusal = async (path: string) => (await RunningMock.refused(COMMAND, "--state", path)).stderr;
  assertStringIncludes(await refusal(`${files.path}/nowhere/world.json`), "there is no such folder");
  await Deno.mkdir(files.state);
  assertStringIncludes(await refusal(files.state), "it is a folder");
});

Deno.test("other credentials, or another seed, than those of the world are refused", async () => {
  await using files = await lab();
  await run(["--state", files.state, "--seed", "7"], idsOf);
  const refusal = async (...args: string[]) =>
    (await RunningMock.refused(COMMAND, "--state", files.state, ...args)).stderr;
  assertStringIncludes(await refusal("--seed", "8"), "its seed is 7, and --seed says 8");
  assertStringIncludes(await refusal("--client-id", "other"), "no API client other");
  assertStringIncludes(await refusal("--client-secret", "other"), "another one in the saved world");
  await run(["--state", files.state, "--seed", "7"], idsOf);
});

Deno.test("a world that somebody else saved without secrets is served with new ones", async () => {
  await using files = await lab();
  const broker = new MockBroker({ clients: [{ clientId: "portal" }], clock: "manual" });
  broker.sessions.createOnHost("ip-10-0-0-1", { id: "theirs", owner: "ana" });
  await Deno.writeTextFile(files.state, JSON.stringify(broker.save()));
  await run(["--state", files.state], async (mock) => assertEquals(await idsOf(mock), ["theirs"]));
});

Deno.test("another clock, speed, port or control is taken from the command line", async () => {
  await using files = await lab();
  const clockOf = async (mock: RunningMock) => await (await fetch(`${mock.url}/_mock/clock`)).json();
  const { state } = files;
  const { frozen, speed } = await run(["--state", state, "--speed", "5"], clockOf);
  assertEquals([frozen, speed], [false, 5]);
  assertEquals((await run(["--state", state], clockOf)).speed, 5);
  assertEquals((await run(["--state", state, "--clock", "skipping"], clockOf)).skipping, true);
  assertEquals((await run(["--state", state], clockOf)).skipping, true);
  assertEquals((await run(["--state", state, "--clock", "real"], clockOf)).frozen, false);
  await run(["--state", state, "--no-control"], async (mock) => {
    const answer = await fetch(`${mock.url}/_mock/clock`);
    await answer.body?.cancel();
    assertEquals(answer.status, 404);
  });
});

Deno.test("programs that trusted the last start trust the next", async () => {
  await using files = await lab();
  const { state } = files;
  const label = (output: string, name: string) => new RegExp(`${name} +(\\S+)`).exec(output)![1]!;
  let ca: string | undefined;
  let credentials: { clientId: string; clientSecret: string } | undefined;
  for (let start = 0; start < 2; start++) {
    await using command = await startCommand("--state", state);
    ca ??= await Deno.readTextFile(label(command.output, "CA certificate"));
    credentials ??= {
      clientId: label(command.output, "client id"),
      clientSecret: label(command.output, "client secret"),
    };
    using fetch = createTlsFetch({ ca });
    const client = new SessionManagerClient({
      brokerUrl: label(command.output, "broker on"),
      credentials,
      fetch,
    });
    await client.describeServers();
  }
  assertEquals(await namesIn(`${state}.ca`), ["ca-key.pem", "ca.pem"]);
});

Deno.test("a lock that a machine or a container left is waited for, and taken when nobody shows a sign of life", async () => {
  await using files = await lab();
  const lock = `${files.state}.lock`;
  const foreign = JSON.stringify({ id: "x", pid: 1, place: "elsewhere", start: "1" });
  await Deno.writeTextFile(lock, foreign);
  const beat = setInterval(() => Deno.utimeSync(lock, new Date(), new Date()), 500);
  const { code, stderr } = await RunningMock.refused(COMMAND, "--state", files.state);
  clearInterval(beat);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "another machine uses it");
  assertEquals(await Deno.readTextFile(lock), foreign);
  await run(["--state", files.state], idsOf);
});

Deno.test("a process that was taken for dead does not write the file any more", async () => {
  await using files = await lab();
  const mock = await startMock(COMMAND, "--state", files.state);
  await Deno.writeTextFile(`${files.state}.lock`, "somebody else's");
  assertStringIncludes(await mock.readUntil("any more"), "Another process has taken the state file");
  const before = await Deno.readTextFile(files.state);
  await mock.client().createSession({ Name: "n", Owner: "bob", Type: "VIRTUAL" });
  assertEquals(await mock.end("SIGTERM"), 1);
  assertEquals(await Deno.readTextFile(files.state), before);
  assertEquals(await Deno.readTextFile(`${files.state}.lock`), "somebody else's");
});

Deno.test("--no-catch-up goes with --state", async () => {
  const { code, stderr } = await RunningMock.refused(COMMAND, "--no-catch-up");
  assertEquals([code, stderr.trim()], [2, "dcv-mock-broker: Option --no-catch-up goes with --state"]);
});

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createStage, linesOf } from "./dcvkit.ts";

const FLEET = {
  servers: [
    { hostname: "gpu-1", tags: { gpu: "yes" }, maxVirtualSessions: 10, maxConcurrentSessionsPerUser: 10 },
    { hostname: "cpu-1", tags: { gpu: "no" }, maxVirtualSessions: 10 },
  ],
  sessions: [
    { id: "s-ana", owner: "ana", name: "paper", server: "gpu-1" },
    { id: "s-bob", owner: "bob", name: "thesis", server: "cpu-1" },
  ],
};

/** A broker notices after a while only that an agent is silent. */
const UNTIL_NOTICED_MS = 300_000;

Deno.test("dcvkit sessions shows a line for each session, with its host", async () => {
  await using stage = await createStage(FLEET);
  const { code, stdout } = await stage.dcvkit("sessions");
  const [heading, ...lines] = linesOf(stdout);
  assertEquals(code, 0);
  assertMatch(heading!, /^ID +NAME +OWNER +TYPE +STATE +HOST +USERS +AGE$/);
  assertEquals(lines.length, 2);
  assertMatch(lines[0]!, /^s-ana +paper +ana +VIRTUAL +READY +gpu-1 +0 +\d+[smhd]$/);
});

Deno.test("dcvkit sessions selects by owner, tag, state and host", async () => {
  await using stage = await createStage(FLEET);
  const idsOf = async (...filters: string[]) => {
    const { stdout } = await stage.dcvkit("sessions", "--jsonl", ...filters);
    return stdout === "" ? [] : linesOf(stdout).map((line) => JSON.parse(line).Id);
  };
  assertEquals(await idsOf("--owner", "bob"), ["s-bob"]);
  assertEquals(await idsOf("--tag", "gpu=yes"), ["s-ana"]);
  assertEquals(await idsOf("--host", "cpu-1", "--state", "ready"), ["s-bob"]);
  assertEquals(await idsOf("--state", "DELETED"), []);
});

Deno.test("dcvkit sessions --json has the broker's own names, over all pages", async () => {
  await using stage = await createStage({
    servers: [{ maxVirtualSessions: -1 }],
    sessions: Array.from({ length: 1_005 }, (_, n) => ({ owner: `user-${n}` })),
  });
  const sessions = JSON.parse((await stage.dcvkit("sessions", "--json")).stdout);
  assertEquals(sessions.length, 1_005);
  assertEquals(sessions[0].State, "READY");
});

Deno.test("dcvkit sessions ends quietly when its reader has seen enough", async () => {
  await using stage = await createStage({
    servers: [{ maxVirtualSessions: -1 }],
    sessions: Array.from({ length: 2_000 }, (_, n) => ({ owner: `user-${n}` })),
  });
  const child = stage.start("sessions", "--jsonl");
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  assertEquals((await child.status).code, 0);
  assertEquals(await new Response(child.stderr).text(), "");
});

Deno.test("dcvkit session ID shows all of one, and says where there is none", async () => {
  await using stage = await createStage(FLEET);
  assertEquals(JSON.parse((await stage.dcvkit("session", "s-ana")).stdout).Owner, "ana");
  const missing = await stage.dcvkit("session", "nobody's");
  assertEquals(missing.code, 254);
  assertStringIncludes(missing.stderr, "no session with this id: nobody's");
});

Deno.test("dcvkit servers shows hosts, what they have, and whether they take sessions", async () => {
  await using stage = await createStage(FLEET);
  stage.broker.hosts.loseAgent("cpu-1");
  stage.broker.advance(UNTIL_NOTICED_MS);
  const { stdout } = await stage.dcvkit("servers");
  const [, gpu, cpu] = linesOf(stdout);
  assertMatch(gpu!, /^gpu-1 .* AVAILABLE +linux +4 +16 GiB +0 +1 +gpu=yes /);
  assertMatch(cpu!, /^cpu-1 .* UNREACHABLE_AGENT /);
});

Deno.test("dcvkit create prints the id of a session, and waits for READY if asked", async () => {
  await using stage = await createStage({ servers: FLEET.servers });
  const { code, stdout } = await stage.dcvkit(
    "create",
    "--owner",
    "ana",
    "--requirements",
    "tag:gpu = 'no'",
    "--wait",
  );
  assertEquals(code, 0);
  const session = stage.broker.sessions.get(stdout.trim());
  assertEquals([session.state, session.host, session.name], ["READY", "cpu-1", "desktop"]);
});

Deno.test("dcvkit create says why there is no session, and ends with 254", async () => {
  await using stage = await createStage({ servers: [{ closed: true }] });
  const { code, stderr, stdout } = await stage.dcvkit("create", "--owner", "ana");
  assertEquals([code, stdout], [254, ""]);
  assertStringIncludes(stderr, "No DCV server found for the given criteria");
});

Deno.test("dcvkit create refuses wrong values before it asks the broker", async () => {
  await using stage = await createStage();
  assertEquals((await stage.dcvkit("create", "--owner", "ana", "--type", "remote")).code, 252);
  assertEquals((await stage.dcvkit("create", "--owner", "ana", "--max-clients", "none")).code, 2);
  assertEquals((await stage.dcvkit("create")).code, 2);
  assertEquals((await stage.dcvkit("create", "--owner", "ana", "--permissions", "missing.perm")).code, 252);
  assertEquals(stage.broker.journal.entries(), []);
});

Deno.test("dcvkit connect writes a .dcv file that only its user can read, and shows no token", async () => {
  await using stage = await createStage(FLEET);
  const { code, stdout, stderr } = await stage.dcvkit("connect", "s-ana", "--dcv-file", "ana.dcv");
  const file = await Deno.readTextFile(`${stage.folder}/ana.dcv`);
  const token = /^authtoken=(.+)$/m.exec(file)![1]!;
  assertEquals(code, 0);
  assertStringIncludes(file, "sessionid=s-ana");
  assert(!`${stdout}${stderr}`.includes(token));
  if (Deno.build.os !== "windows") {
    assertEquals((await Deno.stat(`${stage.folder}/ana.dcv`)).mode! & 0o777, 0o600);
  }
});

Deno.test("dcvkit connect --print gives the URL, through a gateway too", async () => {
  await using stage = await createStage(FLEET);
  const { stdout } = await stage.dcvkit(
    "connect",
    "s-ana",
    "--user",
    "bob",
    "--gateway",
    "gw.example",
    "--print",
  );
  assertMatch(stdout, /^https:\/\/gw\.example:8443\/\?authToken=[^#]+#s-ana\n$/);
});

Deno.test("dcvkit share replaces the permissions by those of users, or of a file", async () => {
  await using stage = await createStage(FLEET);
  const sent = () => {
    const entry = stage.broker.journal.entries({ operation: "updateSessionPermissions" }).at(-1)!;
    return atob((entry.request as [{ PermissionsFile: string }])[0].PermissionsFile);
  };
  assertEquals((await stage.dcvkit("share", "s-ana", "--view", "bob", "--control", "eve,zoe")).code, 0);
  assertEquals(linesOf(sent()), [
    "[permissions]",
    "%owner% allow builtin",
    "bob allow display pointer audio-out",
    "eve allow display pointer audio-out keyboard mouse",
    "zoe allow display pointer audio-out keyboard mouse",
  ]);
  await Deno.writeTextFile(`${stage.folder}/own.perm`, "[permissions]\n%any% allow display\n");
  assertEquals((await stage.dcvkit("share", "s-ana", "--permissions", "own.perm")).code, 0);
  assertStringIncludes(sent(), "%any% allow display");
  assertEquals((await stage.dcvkit("share", "s-ana")).code, 2);
});

Deno.test("dcvkit delete takes ids, prints them, and deletes nothing if one is not there", async () => {
  await using stage = await createStage(FLEET);
  const wrong = await stage.dcvkit("delete", "s-ana", "nobody's");
  assertEquals([wrong.code, wrong.stdout], [254, ""]);
  assertEquals(stage.broker.sessions.get("s-ana").state, "READY");

  const { code, stdout } = await stage.dcvkit("delete", "s-ana", "s-bob");
  assertEquals([code, linesOf(stdout)], [0, ["s-ana", "s-bob"]]);
});

Deno.test("dcvkit delete with filters deletes nothing unless somebody says yes", async () => {
  await using stage = await createStage(FLEET);
  const unasked = await stage.dcvkit("delete", "--owner", "ana");
  assertEquals(unasked.code, 2);
  assertStringIncludes(unasked.stderr, "--yes");
  assertEquals((await stage.dcvkit("delete")).code, 2);
  assertEquals((await stage.dcvkit("delete", "--owner", "ana", "--yes")).stdout, "s-ana\n");
  assertEquals(stage.broker.sessions.get("s-bob").state, "READY");
});

Deno.test("dcvkit screenshot writes a picture of each session, and says of which there is none", async () => {
  await using stage = await createStage(FLEET);
  const { code, stdout, stderr } = await stage.dcvkit(
    "screenshot",
    "s-ana",
    "nobody's",
    "--max-width",
    "100",
  );
  assertEquals([code, stdout], [254, "s-ana.png\n"]);
  assertStringIncludes(stderr, "nobody's");
  const bytes = await Deno.readFile(`${stage.folder}/s-ana.png`);
  assertEquals([...bytes.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join(""), "PNG");
});

Deno.test("dcvkit drain closes a host, and ends when no session is left", async () => {
  await using stage = await createStage(FLEET);
  const waiting = await stage.dcvkit("drain", "gpu-1");
  assertEquals(waiting.code, 255);
  assertStringIncludes(waiting.stderr, "gpu-1 is closed, but has 1 sessions");
  assertEquals(stage.broker.hosts.get("gpu-1").availability.toString().includes("AVAILABLE"), true);
  const { code } = await stage.dcvkit("drain", "gpu-1", "--delete-all", "--timeout", "30s");
  assertEquals(code, 0);
});

Deno.test("dcvkit open and close take host names, and say which server is not there", async () => {
  await using stage = await createStage(FLEET);
  assertEquals((await stage.dcvkit("close", "cpu-1", "--force")).code, 0);
  const { stdout } = await stage.dcvkit("servers", "--availability", "SERVER_CLOSED", "--jsonl");
  assertEquals(JSON.parse(stdout).Hostname, "cpu-1");
  assertEquals((await stage.dcvkit("open", "cpu-1")).code, 0);
  assertEquals((await stage.dcvkit("servers", "--availability", "SERVER_CLOSED", "--jsonl")).stdout, "");
  assertEquals((await stage.dcvkit("open", "cpu-9")).code, 254);
});

Deno.test("dcvkit sweep deletes sessions that stay UNKNOWN, and no others", async () => {
  await using stage = await createStage(FLEET);
  stage.broker.hosts.loseAgent("cpu-1");
  stage.broker.advance(UNTIL_NOTICED_MS);
  const dry = await stage.dcvkit("sweep", "--for", "100ms", "--dry-run");
  assertEquals([dry.code, dry.stdout], [0, "s-bob\n"]);
  assertEquals(stage.broker.sessions.get("s-bob").state, "UNKNOWN");
  const { code, stdout } = await stage.dcvkit("sweep", "--for", "100ms", "--yes");
  assertEquals([code, stdout], [0, "s-bob\n"]);
  assertEquals(stage.broker.sessions.get("s-ana").state, "READY");
});

Deno.test("dcvkit requirements check explains an expression, and shows which servers meet it", async () => {
  await using stage = await createStage(FLEET);
  const { code, stdout } = await stage.dcvkit(
    "requirements",
    "check",
    "tag:gpu = 'yes' and not server:Hostname := 'cpu'",
  );
  assertEquals(code, 0);
  assertStringIncludes(
    stdout,
    'all of\n  the tag "gpu" is "yes"\n  not\n    the server\'s Hostname contains "cpu"\n',
  );
  assertStringIncludes(stdout, "1 of 2 servers meet it");
  const wrong = await stage.dcvkit("requirements", "check", "tag:gpu = yes", "--parse-only");
  assertEquals(wrong.code, 252);
  assertStringIncludes(wrong.stderr, "  tag:gpu = yes\n            ^\n");
});

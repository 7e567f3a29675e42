import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createStage, linesOf } from "./dcvkit.ts";

const FLEET = {
  servers: [{ hostname: "host-1", maxVirtualSessions: 10, maxConcurrentSessionsPerUser: 10 }],
  sessions: [{ id: "s-1", owner: "ana" }],
};

Deno.test("dcvkit tries again what may be sent again, and tells of it with --debug", async () => {
  await using stage = await createStage(FLEET);
  for (const fault of [{ type: "status", status: 503 }, { type: "reset" }] as const) {
    stage.broker.faults.add({ operation: "describeSessions", times: 1, fault });
  }
  const { code, stdout, stderr } = await stage.dcvkit("--debug", "sessions", "--jsonl");
  assertEquals([code, JSON.parse(stdout).Id], [0, "s-1"]);
  assertMatch(stderr, /describeSessions: attempt 1, .*, 503, again in \d+ ms/);
  assertMatch(stderr, /describeSessions: attempt 3, .*, 200\n/);
});

Deno.test("dcvkit create sends a creation once, and says that it may have succeeded", async () => {
  await using stage = await createStage(FLEET);
  stage.broker.faults.add({ operation: "createSessions", fault: { type: "reset", handled: true } });
  const { code, stdout, stderr } = await stage.dcvkit("create", "--owner", "ana", "--name", "once");
  assertEquals([code, stdout], [255, ""]);
  assertStringIncludes(
    stderr,
    "not clear whether the session was created: look at `dcvkit sessions --owner ana`",
  );
  assertEquals(stage.broker.sessions.list().items.filter(({ name }) => name === "once").length, 1);
});

Deno.test("dcvkit create --wait names the session that it gave up waiting for", async () => {
  await using stage = await createStage({ ...FLEET, clock: "manual" });
  const { code, stdout, stderr } = await stage.dcvkit(
    "create",
    "--owner",
    "bob",
    "--wait",
    "--timeout",
    "100ms",
  );
  assertEquals([code, stdout], [255, ""]);
  const session = stage.broker.sessions.list().items.find(({ owner }) => owner === "bob")!;
  assertStringIncludes(
    stderr,
    `Session ${session.id} was created all the same: \`dcvkit delete ${session.id}\``,
  );
});

Deno.test("dcvkit says what a broker that is not well answers, and ends with 254", async () => {
  await using stage = await createStage(FLEET);
  const faults = [
    [{ type: "status", status: 400, body: { error: "No such thing" } }, "No such thing"],
    [{ type: "garble" }, "describeSessions"],
    [{ type: "status", status: 403, body: { error: "Not yours" } }, "Not yours"],
  ] as const;
  for (const [fault, words] of faults) {
    stage.broker.faults.add({ id: "ill", operation: "describeSessions", fault });
    const { code, stdout, stderr } = await stage.dcvkit("sessions");
    assertEquals([code, stdout], [254, ""], stderr);
    assertStringIncludes(stderr, words);
    assertEquals(linesOf(stderr).length, 1, stderr);
    stage.broker.faults.remove("ill");
  }
});

Deno.test("dcvkit says in one line that an authority or a port is the wrong one, and ends with 255", async () => {
  await using stage = await createStage(FLEET);
  delete stage.env.DCV_SM_CA_FILE;
  for (const args of [["sessions"], ["--broker-url", "https://127.0.0.1:1", "servers"]]) {
    const { code, stdout, stderr } = await stage.dcvkit(...args);
    assertEquals([code, stdout, linesOf(stderr).length], [255, "", 1], stderr);
    assert(!/at .*\.ts:\d/.test(stderr));
  }
});

Deno.test("dcvkit delete prints what it deleted, and says why the others were not", async () => {
  await using stage = await createStage({
    ...FLEET,
    sessions: [{ id: "s-1", owner: "ana" }, { id: "s-2", owner: "ana" }],
  });
  stage.broker.faults.add({
    operation: "deleteSessions",
    item: "s-1",
    fault: { type: "failItem", reason: "Busy" },
  });
  const { code, stdout, stderr } = await stage.dcvkit("delete", "s-1", "s-2");
  assertEquals([code, stdout], [254, "s-2\n"]);
  assertStringIncludes(stderr, "s-1: Busy");
});

Deno.test("dcvkit lists nothing without complaint where there is nothing", async () => {
  await using stage = await createStage({ servers: [], sessions: [] });
  assertMatch((await stage.dcvkit("sessions")).stdout, /^ID +NAME.*\n$/);
  assertEquals((await stage.dcvkit("servers", "--json")).stdout, "[]\n");
  assertEquals((await stage.dcvkit("servers", "--jsonl")).stdout, "");
  for (const command of ["sweep", "export", "doctor"]) {
    const { code, stderr } = await stage.dcvkit(command);
    assertEquals(code, 0, stderr);
  }
});

Deno.test("dcvkit sessions lists ten thousand of them", async () => {
  await using stage = await createStage({
    servers: [{ maxVirtualSessions: -1 }],
    sessions: Array.from({ length: 10_000 }, (_, n) => ({ owner: `user-${n}` })),
  });
  const { code, stdout } = await stage.dcvkit("sessions");
  assertEquals([code, linesOf(stdout).length], [0, 10_001]);
  const { stdout: owned } = await stage.dcvkit("sessions", "--owner", "user-9999", "--jsonl");
  assertEquals(JSON.parse(owned).Owner, "user-9999");
});

Deno.test("dcvkit screenshot names a folder that it cannot write to", async () => {
  await using stage = await createStage(FLEET);
  const { code, stderr } = await stage.dcvkit("screenshot", "s-1", "--folder", "none/there");
  assertEquals(code, 255);
  assertStringIncludes(stderr, "none/there");
});

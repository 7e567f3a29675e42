import { assertEquals } from "@std/assert";
import { createStage } from "./dcvkit.ts";

const FLEET = { servers: [{ hostname: "host-1" }], sessions: [{ id: "s-1", owner: "ana" }] };

Deno.test("each command of dcvsm is there under its own name and with its options, and answers in snake_case", async () => {
  await using stage = await createStage(FLEET);
  const [server] = stage.broker.hosts.list().items;
  await Deno.writeTextFile(`${stage.folder}/p.perm`, "[permissions]\n%owner% allow builtin\n");
  const answers = async (...args: string[]) => {
    const { code, stdout, stderr } = await stage.dcvkit(...args);
    assertEquals(code, 0, `${args[0]}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const { sessions: [session] } = await answers(
    "describe-sessions",
    "--session-ids",
    "s-1",
    "--owner",
    "ana",
  );
  assertEquals([session.id, session.state, session.num_of_connections], ["s-1", "READY", 0]);
  const { servers } = await answers("describe-servers", "--max-results", "1", "--server-ids", server!.id);
  assertEquals(typeof servers[0].host.aws.ec2_instance_id, "string");
  const data = await answers("get-session-connection-data", "--session-id", "s-1", "--user", "ana");
  assertEquals(typeof data.connection_token, "string");
  const shots = await answers("get-session-screenshots", "--session-ids", "s-1", "--max-width", "50");
  assertEquals(shots.successful_list[0].session_screenshot.session_id, "s-1");
  const permissions = ["--session-id", "s-1", "--owner", "ana", "--permission-file", "p.perm"];
  assertEquals((await answers("update-session-permissions", ...permissions)).successful_list, [{
    session_id: "s-1",
  }]);
  const closing = await answers("close-servers", "--server-ids", server!.id, "--force");
  assertEquals(closing.successful_list, [{ server_id: server!.id }]);
  assertEquals((await answers("open-servers", "--server-ids", server!.id)).unsuccessful_list, []);
  const deletion = await answers("delete-session", "--session-id", "s-1", "--owner", "ana", "--force");
  assertEquals(deletion.successful_list, [{ session_id: "s-1", state: "DELETING" }]);
  const creation = await answers("create-session", "--name", "a", "--owner", "bob", "--type", "Virtual");
  assertEquals(creation.successful_list[0].substate, "SESSION_PLACING");
});

Deno.test("what the broker says of an item goes to the answer, and ends a command of dcvsm with 254", async () => {
  await using stage = await createStage(FLEET);
  const { code, stdout } = await stage.dcvkit("delete-session", "--session-id", "s-9", "--owner", "ana");
  assertEquals(code, 254);
  assertEquals(
    JSON.parse(stdout).unsuccessful_list[0].failure_reason,
    "The requested dcvSession does not exist",
  );
});

Deno.test("a command of dcvsm that cannot be understood ends with 2", async () => {
  await using stage = await createStage(FLEET);
  assertEquals((await stage.dcvkit("delete-session", "--session-id", "s-1")).code, 2);
  assertEquals((await stage.dcvkit("describe-sessions", "--max-results", "1001")).code, 2);
  assertEquals(stage.broker.journal.entries(), []);
});

Deno.test("a script for dcvsm may say what its guide says: the output's format, flags with values, other spellings", async () => {
  await using stage = await createStage(FLEET);
  for (
    const spelling of ["--max-concurrent-clients", "--max-concurrents-clients", "--max_concurrent-clients"]
  ) {
    const { code, stderr } = await stage.dcvkit(
      ...["--output-format", "json", "create-session", "--name", "a", "--owner", "bob", "--type", "Virtual"],
      ...[spelling, "3", "--enqueue-request", "true"],
    );
    // The second is queued, for there is one place for each user.
    assertEquals([code, stderr], [0, ""]);
  }
  for (const { request } of stage.broker.journal.entries({ operation: "createSessions" })) {
    const [{ MaxConcurrentClients, EnqueueRequest }] = request as [Record<string, unknown>];
    assertEquals([MaxConcurrentClients, EnqueueRequest], [3, true]);
  }
  const enqueue = [
    "create-session",
    "--name",
    "a",
    "--owner",
    "bob",
    "--type",
    "Virtual",
    "--enqueue-request",
  ];
  assertEquals((await stage.dcvkit(...enqueue, "maybe")).code, 2);
});

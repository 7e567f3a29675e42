import { assert, assertEquals, assertMatch } from "@std/assert";
import { once } from "node:events";
import { connect } from "node:net";
import { Caller, createBroker, send } from "./call.ts";

const MEBIBYTE = 1024 * 1024;

/** Announces a body of ten mebibytes, sends a little of it, and waits for the answer. */
async function answerBeforeBody(port: number, head: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`${head}Host: localhost\r\nContent-Length: ${10 * MEBIBYTE}\r\n\r\n[{"SessionId":`);
  const [answer] = await once(socket, "data");
  socket.destroy();
  return String(answer);
}

Deno.test("a caller without credentials is refused before the body is read, with faults in force too", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const port = Number(new URL(server.url).port);
  const head = "POST /describeSessions HTTP/1.1\r\n";
  const bearer = `${head}Authorization: Bearer none\r\n`;
  assertMatch(await answerBeforeBody(port, head), /^HTTP\/1\.1 401 /);
  assertMatch(await answerBeforeBody(port, bearer), /^HTTP\/1\.1 401 /);
  broker.faults.add({ item: "s1", fault: { type: "reset" } });
  assertMatch(await answerBeforeBody(port, head), /^HTTP\/1\.1 401 /);
  assertMatch(await answerBeforeBody(port, bearer), /^HTTP\/1\.1 401 /);
  const basic = `${head}Authorization: Basic ${btoa(`${broker.credentials.clientId}:wrong`)}\r\n`;
  assertMatch(await answerBeforeBody(port, basic), /^HTTP\/1\.1 401 /);
});

Deno.test("forms are bounded: nobody knows yet who sends them", async () => {
  const broker = createBroker();
  const body = `grant_type=client_credentials&x=${"x".repeat(65 * 1024)}`;
  assertEquals((await send(broker, "POST", "/oauth2/token", { body })).status, 413);
  const path = "/agent/validate-authentication-token";
  assertEquals((await send(broker, "POST", path, { body }, broker.agentUrl)).status, 413);
});

Deno.test("a fault on an item strikes a long body of a known caller, and not one of an unknown caller", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const ids = Array.from({ length: 10_000 }, (_, i) => `session-${i}`);
  broker.faults.add({ item: "session-9999", fault: { type: "status", status: 503 } });
  assertEquals((await call.send("POST", "/describeSessions", { SessionIds: ids })).status, 503);
  const stranger = await send(broker, "POST", "/describeSessions", {
    body: JSON.stringify({ SessionIds: ids }),
  });
  assertEquals(stranger.status, 401);
});

Deno.test("the time that a refusal takes grows with the body, and not with its square", async () => {
  const call = new Caller(createBroker());
  const bodies: Record<string, (n: number) => string> = {
    "unknown fields in many items": (n) => `[${Array(n).fill('{"a":1}').join()}]`,
    "wrong types in many items": (n) => `[${Array(n).fill('{"Name":1,"Owner":2,"Type":3}').join()}]`,
    "many unknown fields": (n) => `[{${Array.from({ length: n }, (_, i) => `"a${i}":1`).join()}}]`,
    "many blanks": (n) => " ".repeat(8 * n),
    "many nulls": (n) => `[${Array(n).fill("null").join()}]`,
  };
  for (const [what, body] of Object.entries(bodies)) {
    // With quadratic work this would take minutes.
    const { status } = await call.send("POST", "/createSessions", body(100_000));
    assertEquals(status, 400, what);
  }
  const filters = Array.from({ length: 20_000 }, (_, i) => ({ Key: "owner", Value: `o${i}` }));
  const tags = Array.from({ length: 20_000 }, (_, i) => ({ Key: `tag:t${i}`, Value: "v" }));
  for (const Filters of [filters, tags]) {
    assertEquals((await call.send("POST", "/describeSessions", { Filters })).status, 200);
  }
  const SessionIds = Array.from({ length: 100_000 }, (_, i) => `s${i}`);
  const { status, body } = await call.send("POST", "/describeSessions", { SessionIds });
  assertEquals([status, body.Sessions], [200, []]);
  assert(await call.send("POST", "/describeServers", { ServerIds: SessionIds }));
});

Deno.test("a reader of events that does not read is cut off once it is far behind", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => {});
  const closed = once(socket, "close");
  socket.write("GET /_mock/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(socket, "readable");
  // More than the buffers of both ends hold, in one event; the page reads such entries itself.
  const path = `/${"x".repeat(100_000)}`;
  for (let i = 0; i < 100; i++) await send(broker, "GET", path);
  const isWaitedFor = Promise.race([
    closed.then(() => false),
    new Promise((resolve) => setTimeout(resolve, 600)),
  ]);
  assert(await isWaitedFor !== false, "It was cut off although it was not far behind");
  // Two events are on their way before the sender has to wait for the reader.
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i <= 10_000; i++) await send(broker, "GET", "/health");
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
  socket.resume();
  await closed;
});

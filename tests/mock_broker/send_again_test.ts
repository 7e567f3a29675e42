import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };

Deno.test("a request is sent again with another token of the same client, and says where it came from", async () => {
  const broker = createBroker();
  await new Caller(broker).createSessions([SESSION]);
  broker.advance(5 * 3_600_000);
  const { lastId, ...first } = { lastId: broker.journal.lastId, ...broker.journal.entries({ limit: 1 })[0]! };
  const again = await broker.sendAgain(lastId);
  assertEquals(again!.id, lastId + 1);
  assertEquals([again!.path, again!.request, again!.status, again!.clientId], [
    first.path,
    first.request,
    200,
    broker.credentials.clientId,
  ]);
  assertEquals(again!.headers["mock-sent-again"], String(lastId));
  assertEquals(broker.sessions.list().total, 2);
});

Deno.test("every operation can be sent again, and the requests of gateways and for tokens", async () => {
  const broker = createBroker({ properties: { "enable-gateway": true } });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  await call.getSessionConnectionData(Id, "ana");
  await call.closeServers([{ ServerId: "none" }]);
  await call.send("POST", "/describeSessions", "{ oops");
  await send(broker, "GET", "/no/such?x=%20");
  await send(broker, "GET", "/health");
  await send(broker, "GET", "/describeSessions");
  await send(broker, "POST", `/resolveSession?sessionId=${Id}&transport=HTTP`, {}, broker.gatewayUrl);
  await send(broker, "POST", "/oauth2/token", {
    headers: { Authorization: `Basic ${btoa(Object.values(broker.credentials).join(":"))}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  for (const { id, connector, method, path, query, request, status } of broker.journal.entries()) {
    const again = await broker.sendAgain(id);
    const { connector: c, method: m, path: p, query: q, request: r, status: s } = again!;
    assertEquals([c, m, p, q, r, s], [connector, method, path, query, request, status], path);
  }
});

Deno.test("what was refused for its authorization is refused again", async () => {
  const broker = createBroker();
  await send(broker, "POST", "/describeSessions", { headers: { Authorization: "Bearer stolen" } });
  await send(broker, "POST", "/oauth2/token", { headers: { Authorization: `Basic ${btoa("a:b")}` } });
  for (const id of [1, 2]) assertEquals((await broker.sendAgain(id))?.status, 401);
});

Deno.test("a fault strikes it as it strikes any request; a connection that breaks is told", async () => {
  const broker = createBroker();
  await send(broker, "GET", "/health");
  broker.faults.add({ fault: { type: "status", status: 503 }, times: 1 });
  assertEquals((await broker.sendAgain(1))?.status, 503);
  broker.faults.add({ fault: { type: "reset" }, times: 1 });
  const reset = await broker.sendAgain(1);
  assertEquals([reset!.status, reset!.faultTypes], [undefined, ["reset"]]);
});

Deno.test("an answer that has to wait for simulated time is not waited for", async () => {
  const broker = createBroker();
  await send(broker, "GET", "/health");
  broker.faults.add({ fault: { type: "delay", milliseconds: 60_000 }, times: 1 });
  assertEquals(await broker.sendAgain(1), undefined);
  broker.advance(60_000);
  while (broker.journal.size < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  assertEquals(broker.journal.entries().at(-1)?.headers["mock-sent-again"], "1");
});

Deno.test("what the journal does not hold in full is not sent, and the refusal says what is missing", async () => {
  const secret = "secret-of-the-portal";
  const broker = createBroker({ clients: [{ clientId: "portal", clientSecret: secret }] });
  const json = { "Content-Type": "application/json" };
  await send(broker, "POST", "/createSessions", { headers: json, body: "[]" });
  await send(broker, "POST", "/agent/validate-authentication-token", {
    body: new URLSearchParams({ sessionId: "a", authenticationToken: "hush" }),
  }, broker.agentUrl);
  await send(broker, "POST", "/describeSessions", {
    headers: { ...json, Authorization: `Bearer ${await tokenOf(broker)}` },
    body: JSON.stringify({ Owner: secret }),
  });
  await broker.fetch(`${broker.desktopUrl}/ip-10-0-0-1/`).then((answer) => answer.body?.cancel());
  const refusals: [id: number, reason: string][] = [
    [1, "its body is not in the journal, because the broker did not read it"],
    [2, "it held a secret, which is not in the journal"],
    [4, "it held a secret, which is not in the journal"],
    [5, "it is no request to a connector of the broker"],
  ];
  for (const [id, reason] of refusals) {
    await assertRejects(
      () => broker.sendAgain(id),
      TypeError,
      `Request ${id} cannot be sent again: ${reason}`,
    );
  }
  await assertRejects(() => broker.sendAgain(99), TypeError, "The journal has no entry 99");
  await assertRejects(() => broker.sendAgain(0), TypeError, "The journal has no entry 0");
  await assertRejects(() => broker.sendAgain(-1), TypeError, "sendAgain(): must be a whole number");
  assertEquals(broker.journal.size, 5);
});

Deno.test("a request of a client whose secret is not known is sent again; one for a token is not", async () => {
  const saved = createBroker();
  const broker = MockBroker.load(saved.save(), { clients: [saved.credentials] });
  await new Caller(broker).describeSessions();
  const { clientId } = broker.credentials;
  const world = broker.save();
  broker.restore({ ...world });
  assertEquals((await broker.sendAgain(2))?.clientId, clientId);
});

Deno.test("it gives rise to no advice: no program has sent it", async () => {
  const broker = createBroker();
  await new Caller(broker).describeSessions();
  for (let i = 0; i < 12; i++) {
    await broker.sendAgain(1);
    await broker.sendAgain(2);
    broker.advance(10);
  }
  broker.assertNoAdvice();
});

Deno.test("the control API sends again, and answers with what came", async () => {
  const broker = createBroker();
  await send(broker, "GET", "/health");
  const answer = await send(broker, "POST", "/_mock/journal/1/send");
  assertEquals([answer.status, answer.body.entry.id, answer.body.entry.status], [200, 2, 200]);
  assertEquals((await send(broker, "POST", "/_mock/journal/99/send")).status, 404);
  const wrong = await send(broker, "POST", "/_mock/journal/x/send");
  assertEquals(wrong.status, 400);
  assertStringIncludes(wrong.body.error, "Path: id: must be a whole number");
  assertEquals((await send(broker, "POST", "/_mock/journal/0/send")).status, 404);
});

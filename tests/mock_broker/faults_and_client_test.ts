import { assertEquals, assertRejects } from "@std/assert";
import { type Fault, MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" } as const;

/** A client that does not wait long between attempts, and a broker that is struck. */
function create(retry: { maxAttempts: number }, timeout?: number) {
  const broker = new MockBroker({ seed: 1 });
  const client = new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: broker.credentials,
    fetch: broker.fetch,
    retry: { ...retry, baseDelay: 0 },
    timeout,
  });
  return { broker, client };
}

const FELT: [fault: Fault, code: string][] = [
  [{ type: "status", status: 400, body: { error: "Invalid NextToken" } }, "INVALID_REQUEST"],
  [{ type: "status", status: 503, body: "busy" }, "BROKER_ERROR"],
  [{ type: "reset" }, "NETWORK_ERROR"],
  [{ type: "cutOff" }, "NETWORK_ERROR"],
  [{ type: "garble" }, "INVALID_RESPONSE"],
  [{ type: "throttle" }, "THROTTLED"],
  [{ type: "refuseToken" }, "UNAUTHORIZED"],
  [{ type: "noAnswer" }, "TIMEOUT"],
];

for (const [fault, code] of FELT) {
  Deno.test(`the client feels ${JSON.stringify(fault)} as ${code}`, async () => {
    const { broker, client } = create({ maxAttempts: 1 }, fault.type === "noAnswer" ? 20 : undefined);
    broker.faults.add({ operation: "describeSessions", fault });
    const error = await assertRejects(() => client.describeSessions(), SessionManagerError);
    assertEquals(error.code, code);
  });
}

Deno.test("the client gets over faults that strike once", async () => {
  for (const [fault, code] of FELT) {
    if (code === "INVALID_REQUEST" || code === "INVALID_RESPONSE") continue;
    const { broker, client } = create({ maxAttempts: 2 }, fault.type === "noAnswer" ? 20 : undefined);
    broker.faults.add({ operation: "describeSessions", times: 1, fault });
    assertEquals((await client.describeSessions()).Sessions, [], JSON.stringify(fault));
    broker.journal.assertReceived({ operation: "describeSessions" }, { times: 2 });
  }
});

Deno.test("the client does not create a session twice where the broker has acted before the connection broke", async () => {
  for (const type of ["reset", "cutOff"] as const) {
    const { broker, client } = create({ maxAttempts: 3 });
    const fault: Fault = type === "reset" ? { type, handled: true } : { type };
    broker.faults.add({ operation: "createSessions", times: 1, fault });
    await assertRejects(() => client.createSessions([SESSION]), SessionManagerError);
    broker.journal.assertReceived({ operation: "createSessions" }, { times: 1 });
    assertEquals(broker.sessions.list().total, 1);
  }
});

Deno.test("the client shows the reason of an item that was made to fail", async () => {
  const { broker, client } = create({ maxAttempts: 1 });
  broker.faults.add({ item: "bob", fault: { type: "failItem", reason: "No licence" } });
  const { SuccessfulList, UnsuccessfulList } = await client.createSessions([SESSION, {
    ...SESSION,
    Owner: "bob",
  }]);
  assertEquals([SuccessfulList.length, UnsuccessfulList[0]?.FailureReason], [1, "No licence"]);
});

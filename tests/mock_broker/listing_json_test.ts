import { assertEquals } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, tokenOf } from "./call.ts";

/** An answer to the letter, without the request id, which is new in each. */
async function textOf(broker: MockBroker, method: string, path: string): Promise<string> {
  const response = await broker.fetch(`${broker.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${await tokenOf(broker)}` },
  });
  return (await response.text()).replace(/"RequestId":"[^"]*"/, "");
}

/** What happens to a session and its server, step by step. */
const LIFE: readonly [what: string, act: (broker: MockBroker, call: Caller) => unknown][] = [
  ["created", (_, call) => call.createSession({ Name: 'a "name"\u2028', StorageRoot: "%home%" })],
  ["placed", (broker) => broker.advance(500)],
  ["ready", (broker) => broker.advance(10_000)],
  ["connected", (broker) => broker.sessions.connect(idOf(broker), "ana")],
  ["disconnected", (broker) => broker.sessions.disconnect(idOf(broker), "ana")],
  ["server closed", (broker) => broker.hosts.setOpen("a", false)],
  ["server open", (broker) => broker.hosts.setOpen("a", true)],
  ["users logged in", (broker) => broker.hosts.setLoggedInUsers("a", ["ben"])],
  ["agent silent", (broker) => broker.hosts.loseAgent("a")],
  ["agent missed", (broker) => broker.advance(120_000)],
  ["agent back", (broker) => broker.hosts.restoreAgent("a")],
  ["reported", (broker) => broker.advance(60_000)],
  ["in deletion", (broker, call) => call.deleteSessions([{ SessionId: idOf(broker), Owner: "ana" }])],
  ["deleted", (broker) => broker.advance(10_000)],
];

function idOf(broker: MockBroker): string {
  return broker.sessions.list().items[0]!.id;
}

Deno.test("a listing says the same, to the letter, whether it was asked for before or not", async () => {
  const options = { servers: [{ hostname: "a", tags: { ram: "4gb" } }, { hostname: "b", closed: true }] };
  const often = createBroker(options);
  for (const [upTo, [what]] of LIFE.entries()) {
    await LIFE[upTo]![1](often, new Caller(often));
    const fresh = createBroker(options);
    for (const [, act] of LIFE.slice(0, upTo + 1)) await act(fresh, new Caller(fresh));
    for (const path of ["/describeSessions", "/describeServers"]) {
      const text = await textOf(often, "POST", path);
      assertEquals(text, await textOf(often, "POST", path), what);
      assertEquals(text, await textOf(fresh, "POST", path), what);
    }
  }
});

Deno.test("a listing shows a session to the letter as GetSessionConnectionData does", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }] });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  const shown = async () => {
    const text = await textOf(broker, "GET", `/sessionConnectionData/${Id}/ana`);
    return JSON.stringify(JSON.parse(text).Session);
  };
  for (
    const act of [() => {}, () => broker.sessions.connect(Id, "ana"), () => broker.hosts.setOpen("a", false)]
  ) {
    act();
    assertEquals(await textOf(broker, "POST", "/describeSessions"), `{,"Sessions":[${await shown()}]}`);
  }
});

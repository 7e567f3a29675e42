import { assertEquals } from "@std/assert";
import type { HostOptions, MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

/** How long one attempt takes. */
const ATTEMPT = 3_000;
const TIMINGS: MockBrokerOptions["timings"] = { placement: [1_000, 1_000], preparation: [2_000, 2_000] };

function createFleet(servers: HostOptions[], properties: MockBrokerOptions["properties"] = {}) {
  const broker = createBroker({ servers, properties, timings: TIMINGS });
  return { broker, call: new Caller(broker) };
}

Deno.test("a session whose owner does not exist on its host is accepted and ends as DELETED", async () => {
  const { broker, call } = createFleet([{ hostname: "node", users: ["ben"] }]);
  const { Id } = await call.createSession({ Owner: "ana", DisableRetryOnFailure: true });
  broker.advance(ATTEMPT - 1);
  assertEquals((await call.session(Id))!.State, "CREATING");
  broker.advance(1);
  const { State, StateReason, Server } = (await call.session(Id))!;
  assertEquals([State, StateReason], ["DELETED", "User ana does not exist on node"]);
  assertEquals(Server!.Hostname, "node");
});

Deno.test("a session that failed gives its place back", async () => {
  const { broker, call } = createFleet([{ users: ["ben"], maxVirtualSessions: 1 }]);
  await call.createSession({ Owner: "ana", DisableRetryOnFailure: true });
  broker.advance(ATTEMPT);
  assertEquals((await call.describeServers()).Servers[0]!.VirtualSessionCount, 0);
  await call.createReadySession({ Owner: "ben" });
});

Deno.test("a creation that fails is tried on other hosts, twice by default", async () => {
  const failing = ["a", "b"].map((hostname) => ({ hostname, creationFailure: "No license" }));
  const { broker, call } = createFleet([...failing, { hostname: "c" }]);
  const { Id } = await call.createSession();
  const hosts = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    broker.advance(1_000);
    hosts.push((await call.session(Id))!.Server!.Hostname);
    broker.advance(ATTEMPT - 1_000);
  }
  assertEquals(hosts, ["a", "b", "c"]);
  assertEquals((await call.session(Id))!.State, "READY");
});

Deno.test("a session ends as DELETED when its retries are used up", async () => {
  const failing = ["a", "b", "c"].map((hostname) => ({ hostname, creationFailure: "No license" }));
  const { broker, call } = createFleet([...failing, { hostname: "d" }]);
  const { Id } = await call.createSession();
  broker.advance(3 * ATTEMPT - 1);
  assertEquals((await call.session(Id))!.State, "CREATING");
  broker.advance(1);
  const { State, StateReason } = (await call.session(Id))!;
  assertEquals([State, StateReason], ["DELETED", "No license"]);
});

Deno.test("a creation is tried on the same host again where there is no other", async () => {
  const { broker, call } = createFleet([{ hostname: "only", creationFailure: "No X server" }]);
  const { Id } = await call.createSession();
  broker.advance(2 * ATTEMPT);
  assertEquals((await call.session(Id))!.State, "CREATING");
  broker.advance(ATTEMPT);
  assertEquals((await call.session(Id))!.State, "DELETED");
});

Deno.test("DisableRetryOnFailure makes the first failure the last", async () => {
  const { broker, call } = createFleet([{ hostname: "a", creationFailure: "No license" }, { hostname: "b" }]);
  const { Id } = await call.createSession({ DisableRetryOnFailure: true });
  broker.advance(ATTEMPT);
  assertEquals((await call.session(Id))!.State, "DELETED");
});

Deno.test("create-sessions-number-of-retries-on-failure says how often a creation is tried again", async () => {
  for (const retries of [0, 1, 4]) {
    const { broker, call } = createFleet([{ creationFailure: "No license" }], {
      "create-sessions-number-of-retries-on-failure": retries,
    });
    const { Id } = await call.createSession();
    broker.advance((retries + 1) * ATTEMPT - 1);
    assertEquals((await call.session(Id))!.State, "CREATING", `${retries} retries`);
    broker.advance(1);
    assertEquals((await call.session(Id))!.State, "DELETED", `${retries} retries`);
  }
});

Deno.test("a creation fails where the DCV server stops before it is done", async () => {
  const { broker, call } = createFleet([{ hostname: "node" }]);
  const { Id } = await call.createSession({ DisableRetryOnFailure: true });
  broker.hosts.setDcvHealth("node", false);
  broker.advance(ATTEMPT);
  const { State, StateReason } = (await call.session(Id))!;
  assertEquals([State, StateReason], ["DELETED", "The DCV server is not running"]);
});

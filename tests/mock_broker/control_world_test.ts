/** Worlds, fleets, pictures and expectations over the control API. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { parse } from "yaml";
import { Caller, createBroker, send } from "./call.ts";

const FLEET = { servers: [{ hostname: "a" }], sessions: [{ id: "s1", owner: "ana", server: "a" }] };

async function sendJson(broker: MockBroker, method: string, path: string, body: unknown) {
  const headers = { "Content-Type": "application/json" };
  return await send(broker, method, path, { headers, body: JSON.stringify(body) });
}

Deno.test("a saved world goes on elsewhere as it would have here", async () => {
  const broker = createBroker(FLEET);
  await new Caller(broker).createSessions([{ Name: "n", Owner: "bob", Type: "VIRTUAL" }]);
  const { body: saved } = await send(broker, "GET", "/_mock/world");
  const other = createBroker({ servers: [{ hostname: "z" }], seed: 2 });
  assertEquals((await sendJson(other, "PUT", "/_mock/world", saved)).status, 204);
  for (const each of [broker, other]) each.advance(10_000);
  assertEquals(other.sessions.list(), broker.sessions.list());
  assertEquals(other.hosts.list(), broker.hosts.list());
  other.reset();
  assertEquals(other.sessions.list().items.map(({ id }) => id), ["s1"]);
});

Deno.test("going back to a saved world, a client keeps its credentials", async () => {
  const broker = new MockBroker({ ...FLEET, clock: "manual" });
  const { credentials, revision } = { credentials: broker.credentials, revision: broker.state().revision };
  const { body: saved } = await send(broker, "GET", "/_mock/world");
  assert(!JSON.stringify(saved).includes(credentials.clientSecret));
  broker.hosts.terminate("a");
  await sendJson(broker, "PUT", "/_mock/world", saved);
  assertEquals(broker.credentials, credentials);
  assert(broker.state().revision > revision);
  assertEquals((await new Caller(broker).describeSessions()).Sessions?.map(({ Id }) => Id), ["s1"]);
});

Deno.test("what is no saved world changes nothing", async () => {
  const broker = createBroker(FLEET);
  const before = broker.save();
  const { status, body } = await sendJson(broker, "PUT", "/_mock/world", { ...before, version: 99 });
  assertEquals(status, 400);
  assertStringIncludes(body.error, "Saved world of version 99");
  assertEquals(broker.save(), before);
});

Deno.test("a fleet is shown without secrets, and taken over changed", async () => {
  const broker = createBroker({ ...FLEET, clients: [{ clientId: "portal", clientSecret: "hush" }] });
  const { body: fleet } = await send(broker, "GET", "/_mock/fleet");
  assertEquals(fleet.servers, FLEET.servers);
  assert(!JSON.stringify(fleet).includes("hush"));
  const changed = { ...fleet, servers: [...fleet.servers, { count: 2, hostname: "a{n}" }] };
  const { body: result } = await sendJson(broker, "PUT", "/_mock/fleet", changed);
  assertEquals(result, { changes: ["server a1 added", "server a2 added"], afterReset: [], fixed: [] });
  assertEquals(broker.hosts.list().items.map(({ hostname }) => hostname).sort(), ["a", "a1", "a2"]);
  assertEquals(broker.credentials.clientId, "portal");
});

Deno.test("a wrong fleet is refused with its place, and changes nothing", async () => {
  const broker = createBroker(FLEET);
  const { status, body } = await sendJson(broker, "PUT", "/_mock/fleet", { servers: [{ cpu: 3 }] });
  assertEquals(status, 400);
  assertStringIncludes(body.error, "servers[0].cpu");
  assertEquals(broker.options.servers, FLEET.servers);
});

Deno.test("a session's picture is a PNG file", async () => {
  const broker = createBroker(FLEET);
  const { body } = await send(broker, "GET", "/_mock/sessions/s1/screenshot?maxWidth=40");
  assertEquals(atob(body.image).slice(1, 4), body.format.toUpperCase());
  assertEquals((await send(broker, "GET", "/_mock/sessions/none/screenshot")).status, 404);
});

Deno.test("a program in any language can ask whether a request came, and reads what came instead", async () => {
  const broker = createBroker(FLEET);
  await send(broker, "GET", "/health");
  const verify = async (body: unknown) =>
    (await sendJson(broker, "POST", "/_mock/journal/verify", body)).body;
  assertEquals(await verify({ expectation: { operation: "health", status: 200 }, times: 1 }), {
    received: true,
  });
  const { received, message } = await verify({ expectation: { operation: "createSessions" } });
  assertEquals(received, false);
  assertStringIncludes(message, "Expected at least once");
  assertStringIncludes(message, "/health");
  assertStringIncludes((await verify({ expectation: { operation: "helth" } })).error, "health?");
});

Deno.test("a world is made of a fleet, of a saved world, or as a copy of another", async () => {
  const broker = createBroker({ ...FLEET, worlds: true });
  const make = async (name: string, body: unknown) =>
    (await sendJson(broker, "PUT", `/_mock/worlds/${name}`, body)).status;
  const hostnames = (name: string) =>
    broker.worlds.get(name).hosts.list().items.map(({ hostname }) => hostname);
  const saved = broker.save();
  assertEquals(await make("fleet", { fleet: { servers: [{ count: 2, hostname: "b{n}" }] } }), 204);
  assertEquals(await make("saved", { saved }), 204);
  broker.hosts.add({ hostname: "late" });
  assertEquals(await make("own", { copyOf: "" }), 204);
  assertEquals(await make("copy", { copyOf: "fleet" }), 204);
  broker.worlds.get("fleet").hosts.add({ hostname: "later" });
  assertEquals(hostnames("fleet"), ["b1", "b2", "later"]);
  assertEquals(hostnames("saved"), ["a"]);
  assertEquals(hostnames("own"), ["a", "late"]);
  assertEquals(hostnames("copy"), ["b1", "b2"]);
  assertEquals(await make("copy", { copyOf: "saved" }), 204);
  assertEquals(hostnames("copy"), ["a"]);
  assertEquals((await send(broker, "GET", "/worlds/copy/_mock/sessions")).body.items[0].id, "s1");
});

Deno.test("a world of nothing, of two things or of what is not there is refused, and the one that there is stays", async () => {
  const broker = createBroker({ ...FLEET, worlds: true });
  const world = broker.worlds.get("w");
  const errors: string[] = [];
  for (
    const body of [{}, { copyOf: "", fleet: {} }, { copyOf: "none" }, { fleet: { server: [] } }, {
      saved: {},
    }]
  ) {
    const answer = await sendJson(broker, "PUT", "/_mock/worlds/w", body);
    assertEquals(answer.status, 400);
    errors.push(answer.body.error);
  }
  const words = ["got 0", "got 2", "No world has this name: none", "servers?", "Not a saved world"];
  words.forEach((word, index) => assertStringIncludes(errors[index]!, word));
  assert(broker.worlds.get("w") === world);
});

Deno.test("an expectation in JSON holds what one in code holds: parts of bodies, lists, regular expressions at any depth", async () => {
  const broker = createBroker(FLEET);
  const { SuccessfulList: [session] } = await new Caller(broker).createSessions([
    { Name: "n-17", Owner: "bob", Type: "VIRTUAL" },
  ]);
  const verify = async (expectation: unknown) =>
    (await sendJson(broker, "POST", "/_mock/journal/verify", { expectation })).body;
  const received = [
    { path: { $regex: "^/create" } },
    { path: { $regex: "^/CREATE", $options: "i" }, method: "POST" },
    { operation: "createSessions", request: [{ Owner: "bob" }] },
    { request: [{ Name: { $regex: "^n-\\d+$" } }], response: { SuccessfulList: [{ Id: session!.Id }] } },
    { headers: { "content-type": { $regex: "json" } }, response: { UnsuccessfulList: [] } },
    { clientId: broker.credentials.clientId, status: "2xx" },
  ];
  for (const expectation of received) assertEquals(await verify(expectation), { received: true });
  const { received: came, message } = await verify({ request: [{ Name: { $regex: "^m" } }] });
  assertEquals(came, false);
  assertStringIncludes(message, 'request[0].Name: expected "/^m/", was "n-17"');
});

Deno.test("what is no pattern is refused with its place", async () => {
  const broker = createBroker(FLEET);
  const refusal = async (expectation: unknown) => {
    const { status, body } = await sendJson(broker, "POST", "/_mock/journal/verify", { expectation });
    assertEquals(status, 400);
    return body.error;
  };
  assertStringIncludes(
    await refusal({ path: { $regex: "(" } }),
    "expectation.path: Invalid regular expression",
  );
  assertStringIncludes(await refusal({ path: { $regx: "a" } }), "path");
  const inBody = (pattern: unknown) => refusal({ request: [{ Name: pattern }] });
  assertStringIncludes(await inBody({ $regex: 5 }), "expectation.request[0].Name: a pattern is");
  assertStringIncludes(await inBody({ $regex: "a", more: 1 }), "a pattern is");
  assertStringIncludes(await inBody({ $regex: "a", $options: "q" }), "expectation.request[0].Name: Invalid");
  assertStringIncludes(await inBody({ $regex: "a".repeat(1_001) }), "1000 characters");
});

/** Members that are no operation: how programs in the same process reach the broker, or what a path stands for. */
const IN_PROCESS = [
  ...["url", "agentUrl", "gatewayUrl", "desktopUrl", "fetch", "listen", "credentials"],
  // A test's own way to say `getAdvice`, and one more broker in the process.
  ...["assertNoAdvice", "fork"],
  // What writes the journal.
  ...["journal.record", "journal.reset"],
];

/** By which operation a member is reached. */
const OPERATIONS: Readonly<Record<string, string>> = {
  "state": "getState",
  "advice": "getAdvice",
  "fleetMetrics": "getFleetMetrics",
  "activity": "getActivity",
  "upcoming": "getUpcoming",
  "advance": "advance",
  "reset": "reset",
  "restart": "restart",
  "revokeTokens": "revokeTokens",
  "save": "saveWorld",
  "restore": "restoreWorld",
  "options": "getFleet",
  "reconfigure": "replaceFleet",
  "hosts.add": "addHost",
  "hosts.terminate": "terminateHost",
  "hosts.loseAgent": "changeHost",
  "hosts.restoreAgent": "changeHost",
  "hosts.reboot": "rebootHost",
  "hosts.setDcvHealth": "changeHost",
  "hosts.setLoggedInUsers": "changeHost",
  "hosts.setOpen": "changeHost",
  "hosts.change": "changeHost",
  "hosts.list": "listHosts",
  "hosts.get": "getHost",
  "sessions.createOnHost": "createSessionOnHost",
  "sessions.connect": "connectUser",
  "sessions.disconnect": "disconnectUser",
  "sessions.list": "listSessions",
  "sessions.get": "getSession",
  "sessions.screenshot": "getScreenshot",
  "clock.now": "getClock",
  "clock.frozen": "getClock",
  "clock.skipping": "getClock",
  "clock.speed": "getClock",
  "clock.advance": "advance",
  "clock.setSpeed": "changeClock",
  "clock.freeze": "changeClock",
  "clock.unfreeze": "changeClock",
  "clock.skip": "changeClock",
  "faults.add": "addFault",
  "faults.remove": "removeFault",
  "faults.clear": "clearFaults",
  "faults.list": "listFaults",
  "faults.preset": "applyFaultPreset",
  "journal.size": "getState",
  "journal.lastId": "readJournal",
  "journal.entries": "readJournal",
  "journal.clear": "clearJournal",
  "journal.assertReceived": "verifyJournal",
  "journal.assertNotReceived": "verifyJournal",
  "journal.toHar": "exportJournal",
  "journal.rate": "getActivity",
  "journal.tallies": "metrics",
  "journal.subscribe": "events",
  "sendAgain": "sendAgain",
  "worlds.get": "makeWorld",
  "worlds.make": "makeWorld",
  "worlds.list": "listWorlds",
  "worlds.remove": "removeWorld",
};

/** The parts of a broker that have members of their own. */
const PARTS = ["hosts", "sessions", "clock", "faults", "journal", "worlds"] as const;

function namesOf(object: object): string[] {
  const own = Object.getPrototypeOf(object) === Object.prototype ? [] : [Object.getPrototypeOf(object)];
  return [object, ...own].flatMap((each) => Object.getOwnPropertyNames(each)).filter((name) =>
    name !== "constructor"
  );
}

Deno.test("each member of MockBroker and of its parts is an operation, and each operation a member", async () => {
  const broker = createBroker();
  const members = namesOf(broker).flatMap((name) => {
    const part = PARTS.find((part) => part === name);
    return part ? namesOf(broker[part]).map((inner) => `${part}.${inner}`) : [name];
  });
  assertEquals(
    members.filter((name) => !IN_PROCESS.includes(name)).toSorted(),
    Object.keys(OPERATIONS).toSorted(),
  );
  const document = parse((await send(broker, "GET", "/_mock/openapi.yaml")).body);
  const operations = Object.values<Record<string, { operationId: string }>>(document.paths)
    .flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  // What belongs to the server, or is a function beside the broker.
  const others = ["shutDown", "importFleet"];
  // What is no JSON is described apart.
  const reached = new Set(Object.values(OPERATIONS).filter((id) => id !== "metrics"));
  assertEquals(operations.filter((id) => !others.includes(id)).toSorted(), [...reached].toSorted());
});

Deno.test("whatever an option describes of a host can be sent to change it", async () => {
  const { components: { schemas } } = parse((await send(createBroker(), "GET", "/_mock/openapi.yaml")).body);
  const names = (name: string) => Object.keys(schemas[name].properties);
  assertEquals(names("HostChange").toSorted(), [...names("HostOptions"), "open"].toSorted());
});

/**
 * Whom a session lets in, whichever way they come: here with `sessions.connect()`.
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { encodePermissions, PERMISSION_FEATURES } from "@dcvkit/session-manager/permissions";
import type { HostOptions, MockBroker, SessionOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

function brokerWith(session: Partial<SessionOptions> = {}, server: HostOptions = {}): MockBroker {
  return createBroker({
    servers: [{ hostname: "render-1", ...server }],
    sessions: [{ id: "s1", owner: "ana", ...session }],
  });
}

/** A session's permissions file with these lines. */
function rules(...lines: string[]): { permissionsFile: string } {
  return { permissionsFile: encodePermissions(`[permissions]\n${lines.join("\n")}\n`) };
}

function assertRefused(broker: MockBroker, user: string, reason: string): void {
  assertThrows(() => broker.sessions.connect("s1", user), TypeError, reason);
  assertEquals(broker.sessions.get("s1").connections.includes(user), false);
}

const EVERYTHING = PERMISSION_FEATURES.filter((feature) => feature !== "builtin").toSorted();

Deno.test("connect() without a permissions file lets the owner in and nobody else", () => {
  const broker = brokerWith();
  broker.sessions.connect("s1", "ana");
  assertRefused(broker, "bob", "The permissions of session s1 do not let bob see its display");
});

Deno.test("connect() lets a guest in whom the permissions let see the display", () => {
  const broker = brokerWith(rules("%owner% allow builtin", "bob allow display"));
  broker.sessions.connect("s1", "bob");
  assertRefused(broker, "eve", "do not let eve see its display");
});

Deno.test("connect() refuses a guest who may do much, but not see", () => {
  assertRefused(brokerWith(rules("bob allow keyboard mouse")), "bob", "do not let bob see its display");
});

Deno.test("connect() refuses the owner whom the permissions forget", () => {
  assertRefused(brokerWith(rules("bob allow display")), "ana", "do not let ana see its display");
});

Deno.test("connect() knows the groups of the host's operating system", () => {
  const session = rules("osgroup:reviewers allow display");
  const broker = brokerWith(session, { groups: { reviewers: ["bob", "cat"], admins: ["eve"] } });
  broker.sessions.connect("s1", "cat");
  assertRefused(broker, "eve", "do not let eve see its display");
});

Deno.test("connect() refuses everybody while the permissions file cannot be read, and says where", () => {
  const broker = brokerWith(rules("%owner% allow builtin", "bob may look"));
  assertRefused(broker, "ana", "Cannot read line 3 of the permissions file: expected");
});

Deno.test("connect() refuses a user who does not exist on the host, whatever the permissions say", () => {
  const broker = brokerWith(rules("%any% allow display"), { users: ["ana", "bob"] });
  broker.sessions.connect("s1", "bob");
  assertRefused(broker, "eve", "User eve does not exist on render-1");
});

Deno.test("connect() refuses as long as the host, its DCV server or its agent is down", () => {
  const downs: [reason: string, down: (broker: MockBroker) => void][] = [
    ["The DCV server on render-1 is not running", ({ hosts }) => hosts.setDcvHealth("render-1", false)],
    ["The agent on render-1 does not answer", ({ hosts }) => hosts.loseAgent("render-1")],
    ["Host render-1 does not exist any more", ({ hosts }) => hosts.terminate("render-1")],
  ];
  for (const [reason, down] of downs) {
    const broker = brokerWith();
    down(broker);
    assertRefused(broker, "ana", reason);
    broker.advance(60_000);
    assertRefused(broker, "ana", reason);
  }
});

Deno.test("connect() refuses once the host has been restarted, before the broker has heard that the session is gone", () => {
  const broker = brokerWith({}, {});
  broker.hosts.reboot("render-1", 1_000);
  broker.advance(1_000);
  assertRefused(broker, "ana", "Session s1 is no longer on render-1, which has been restarted");
});

Deno.test("connections end with what they are to: the session, its DCV server, its host", async () => {
  const ends: ((broker: MockBroker) => unknown)[] = [
    ({ hosts }) => hosts.setDcvHealth("render-1", false),
    ({ hosts }) => hosts.reboot("render-1"),
    ({ hosts }) => hosts.terminate("render-1"),
    (broker) => new Caller(broker).deleteSessions([{ SessionId: "s1", Owner: "ana" }]),
  ];
  for (const end of ends) {
    const broker = brokerWith();
    broker.sessions.connect("s1", "ana");
    broker.advance(1_000);
    await end(broker);
    broker.advance(5_000);
    const { connections, lastDisconnectionTime } = broker.sessions.get("s1");
    assertEquals(connections, []);
    assert(lastDisconnectionTime !== undefined);
  }
});

Deno.test("a session shows its permissions file and what it comes to for whom", () => {
  const permissionsFile = rules("%owner% allow builtin", "bob allow display pointer", "%any% deny printer");
  const broker = brokerWith(permissionsFile, { groups: { staff: ["eve"] } });
  assertEquals(broker.sessions.get("s1").permissions, {
    file: "[permissions]\n%owner% allow builtin\nbob allow display pointer\n%any% deny printer\n",
    users: [
      { user: "ana", features: EVERYTHING.filter((feature) => feature !== "printer") },
      { user: "bob", features: ["display", "pointer"] },
      { user: "eve", features: [] },
    ],
  });
});

Deno.test("a session without a permissions file shows that its owner may do everything", () => {
  assertEquals(brokerWith().sessions.get("s1").permissions, {
    users: [{ user: "ana", features: EVERYTHING }],
  });
});

Deno.test("a session shows what everybody else may do as %any%", () => {
  const { permissions } = brokerWith(rules("%any% allow display")).sessions.get("s1");
  assertEquals(permissions?.users.at(-1), { user: "%any%", features: ["display"] });
});

Deno.test("a session shows why its permissions file cannot be read", () => {
  const { permissions } = brokerWith({ permissionsFile: btoa("ana allow all") }).sessions.get("s1");
  assertEquals(permissions, {
    file: "ana allow all",
    problem:
      'Cannot read line 1 of the permissions file: expected #import <path> or a section, got "ana allow all"',
    users: [{ user: "ana", features: [] }],
  });
});

Deno.test("permissions that are replaced count at once", async () => {
  const broker = brokerWith();
  assertRefused(broker, "bob", "do not let bob see its display");
  const PermissionsFile = rules("%owner% allow builtin", "bob allow display").permissionsFile;
  await new Caller(broker).updateSessionPermissions([{ SessionId: "s1", Owner: "ana", PermissionsFile }]);
  broker.sessions.connect("s1", "bob");
});

/** Worlds and fleets that go from one machine to another: what happened here happens there. */

import { assert, assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { importFleet } from "@dcvkit/mock-broker/import";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { commandLine } from "./command.ts";
import { credentials, startMock, temporaryFolder } from "./running_mock.ts";

function clientOf({ url: brokerUrl, credentials, fetch }: MockBroker): SessionManagerClient {
  return new SessionManagerClient({ brokerUrl, credentials, fetch, retry: false });
}

/** A program under test: it creates sessions in a fleet in trouble, and loses some. What came of each. */
async function program(
  client: SessionManagerClient,
  advance: (milliseconds: number) => void | Promise<void>,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (let i = 0; i < 12; i++) {
    const request = { Name: `n${i}`, Owner: `user${i}`, Type: "VIRTUAL" as const };
    try {
      const { Id } = await client.createSession(request);
      await advance(4_000);
      const { State } = (await client.getSession(Id))!;
      outcomes.push(`${Id} ${State}`);
    } catch (error) {
      assert(error instanceof SessionManagerError, String(error));
      outcomes.push(`${error.code}: ${error.message.replace(/http\S+/, "")}`);
    }
  }
  return outcomes;
}

/** A world in which that program fails sometimes, whoever runs it. */
async function worldInTrouble(): Promise<MockBroker> {
  const broker = new MockBroker({
    clock: "manual",
    clients: [credentials],
    servers: [{ hostname: "a", maxVirtualSessions: 6 }, { hostname: "b", creationFailure: "No licence" }],
    properties: { "create-sessions-number-of-retries-on-failure": 1 },
  });
  // The first three are had by what comes before.
  broker.faults.add({ operation: "createSessions", times: 5, fault: { type: "status", status: 503 } });
  broker.faults.add({
    operation: "describeSessions",
    probability: 0.3,
    fault: { type: "status", status: 500 },
  });
  const client = clientOf(broker);
  for (const Owner of ["before1", "before2", "before3"]) {
    await client.createSession({ Name: "before", Owner, Type: "VIRTUAL" }).catch(() => {});
  }
  broker.advance(1_234);
  return broker;
}

Deno.test("a failing test's world, saved and loaded elsewhere, fails the same way, in code and in the command", async () => {
  await using folder = await temporaryFolder();
  const broker = await worldInTrouble();
  const text = JSON.stringify(broker.save());
  const here = await program(clientOf(broker), (time) => broker.advance(time));
  assertEquals(here.map((outcome) => outcome.includes("503")), [true, true, ...Array(10).fill(false)]);

  const loaded = MockBroker.load(JSON.parse(text), { clients: [credentials] });
  assertEquals(await program(clientOf(loaded), (time) => loaded.advance(time)), here);

  const state = `${folder.path}/world.json`;
  await Deno.writeTextFile(state, text);
  const mock = await startMock([Deno.execPath(), ...commandLine()], "--state", state);
  const client = new SessionManagerClient({ brokerUrl: mock.url, credentials, retry: false });
  const advance = async (milliseconds: number) => {
    const answer = await fetch(`${mock.url}/_mock/clock/advance`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ milliseconds }),
    });
    await answer.body?.cancel();
  };
  const there = await program(client, advance);
  await mock.end("SIGTERM");
  assertEquals(there, here);
});

Deno.test("the large fleet as our client describes it, imported and served, takes a user through a session's life", async () => {
  const real = new MockBroker(parseFleetFile(READY_FLEETS.large));
  const Servers = await Array.fromAsync(clientOf(real).listServers());
  const Sessions = await Array.fromAsync(clientOf(real).listSessions());
  const options = parseFleetFile(importFleet([{ Servers }, { Sessions }]));
  const broker = new MockBroker({ ...options, clock: "skipping" });
  const client = clientOf(broker);
  assertEquals((await Array.fromAsync(client.listServers())).length, Servers.length);
  const [session] = Sessions.filter(({ State }) => State === "READY");
  assertEquals((await client.getSession(session!.Id!))?.Owner, session!.Owner);
  const host = Servers.find(({ Availability, Host }) =>
    Availability === "AVAILABLE" && Host?.Os?.Family === "linux"
  )!;
  const made = await client.createSession({
    Name: "mine",
    Owner: session!.Owner!,
    Type: "VIRTUAL",
    Requirements: `server:Id = '${host.Id}'`,
  });
  const ready = await client.waitForSession(made.Id);
  assertEquals([ready.State, ready.Server?.Id], ["READY", host.Id]);
  const connection = await client.getSessionConnectionData(made.Id, session!.Owner!);
  assert(connection.ConnectionToken.length > 0);
  assert(await client.deleteSession({ SessionId: made.Id, Owner: session!.Owner! }));
});

import { assertEquals } from "@std/assert";
import type { HostOptions, MockBroker } from "@dcvkit/mock-broker";
import fc from "fast-check";
import { Caller, createBroker } from "./call.ts";

/** More than are looked at one by one. */
const HOSTS = 90;

const REQUIREMENTS = "tag:color = 'red' and server:Host.CpuInfo.NumberOfCpus > 2";
const UNDER_LOAD = "server:Host.CpuLoadAverage.OneMinute < 1000 and tag:color != 'blue'";

type Change =
  | { do: "create"; requirements: string; owner: string }
  | { do: "delete"; session: number }
  | { do: "paint"; host: number; color: string }
  | { do: "terminate"; host: number }
  | { do: "add"; color: string }
  | { do: "wait"; seconds: number };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    do: fc.constant("create" as const),
    requirements: fc.constantFrom("", REQUIREMENTS, UNDER_LOAD),
    owner: fc.constantFrom("ana", "bo"),
  }),
  fc.record({ do: fc.constant("delete" as const), session: fc.nat() }),
  fc.record({
    do: fc.constant("paint" as const),
    // So few that the same one is painted again.
    host: fc.nat(2),
    color: fc.constantFrom("red", "blue"),
  }),
  fc.record({ do: fc.constant("terminate" as const), host: fc.nat(HOSTS - 1) }),
  fc.record({ do: fc.constant("add" as const), color: fc.constantFrom("red", "blue") }),
  fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 4000 }) }),
);

function host(index: number, color = "red"): HostOptions {
  return { hostname: `host-${index}`, cpus: index % 5 === 0 ? 2 : 8, maxVirtualSessions: 3, tags: { color } };
}

Deno.test("what was asked before about many hosts is answered as if it were asked for the first time, whatever has changed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const broker = createBroker({
        servers: Array.from({ length: HOSTS }, (_, index) => host(index)),
        sessions: Array.from({ length: 60 }, (_, index) => ({ owner: "ana", server: `host-${index}` })),
      });
      let hosts = HOSTS;
      for (const next of changes) {
        await redSessions(broker);
        await tryToCreate(broker.fork());
        if (next.do === "add") broker.hosts.add(host(hosts++, next.color));
        else await apply(broker, next);
        // A copy has not been asked before.
        const copy = broker.fork();
        assertEquals(await redSessions(broker), await redSessions(copy));
        assertEquals(await redSessions(broker), await redAmongAll(broker));
        assertEquals(await tryToCreate(broker), await tryToCreate(copy));
      }
    }),
    { numRuns: 25 },
  );
});

async function apply(broker: MockBroker, change: Exclude<Change, { do: "add" }>): Promise<void> {
  const caller = new Caller(broker);
  switch (change.do) {
    case "create":
      await create(broker, change.requirements, change.owner);
      break;
    case "delete": {
      const { body } = await caller.send("POST", "/describeSessions", {});
      const { Id, Owner } = body.Sessions[change.session % body.Sessions.length];
      await caller.send("POST", "/deleteSessions", [{ SessionId: Id, Owner, Force: true }]);
      break;
    }
    case "paint": {
      const servers = broker.options.servers!.map((about, index) =>
        index === change.host ? host(index, change.color) : about
      );
      broker.reconfigure({ ...broker.options, servers });
      break;
    }
    case "terminate":
      endIfItIsThere(broker, `host-${change.host}`);
      break;
    case "wait":
      broker.advance(change.seconds * 1000);
  }
}

/** A host that was terminated cannot be ended again. */
function endIfItIsThere(broker: MockBroker, name: string): void {
  try {
    broker.hosts.terminate(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

async function redSessions(broker: MockBroker): Promise<string[]> {
  const Filters = [{ Key: "tag:color", Value: "red" }];
  const { body } = await new Caller(broker).send("POST", "/describeSessions", { MaxResults: 1000, Filters });
  return body.Sessions.map(({ Id }: { Id: string }) => Id);
}

async function redAmongAll(broker: MockBroker): Promise<string[]> {
  const { body } = await new Caller(broker).send("POST", "/describeSessions", { MaxResults: 1000 });
  const servers = await new Caller(broker).send("POST", "/describeServers", { MaxResults: 1000 });
  const isRed = new Set(
    servers.body.Servers
      .filter(({ Tags }: { Tags: { Key: string; Value: string }[] }) =>
        Tags.some(({ Key, Value }) => Key === "color" && Value === "red")
      )
      .map(({ Id }: { Id: string }) => Id),
  );
  return body.Sessions.filter((session: { Server?: { Id: string } }) => isRed.has(session.Server?.Id))
    .map(({ Id }: { Id: string }) => Id);
}

/** On which hosts sessions are made that ask for what was asked for before. */
async function tryToCreate(broker: MockBroker): Promise<unknown> {
  const made = [];
  for (const requirements of [REQUIREMENTS, REQUIREMENTS, UNDER_LOAD]) {
    made.push(await create(broker, requirements, "cy"));
  }
  return made;
}

async function create(broker: MockBroker, Requirements: string, Owner: string): Promise<unknown> {
  const item = { Name: "desktop", Owner, Type: "VIRTUAL", Requirements };
  const { body } = await new Caller(broker).send("POST", "/createSessions", [item]);
  broker.advance(1_000);
  const id = body.SuccessfulList[0]?.Id;
  return { id, host: id && broker.sessions.get(id)?.serverId, refused: body.UnsuccessfulList };
}

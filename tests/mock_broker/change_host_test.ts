/** Whatever an option describes of a host can be changed while the world goes on, in code and over the control API. */

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { HostOptions, MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import { hostSchema } from "../../mock_broker/description/host.ts";
import { Caller, createBroker, send } from "./call.ts";

/** Another value for each option that can be another on the same machine. */
const OTHERS: Required<Omit<HostOptions, "id" | "hostname" | "ip" | "os">> = {
  tags: { color: "pink" },
  users: ["ana"],
  groups: { staff: ["ana"] },
  maxVirtualSessions: 3,
  maxConcurrentSessionsPerUser: 2,
  cpus: 16,
  memoryBytes: 2 ** 35,
  gpus: [{ Vendor: "NVIDIA", ModelName: "T4" }],
  system: { name: "Rocky Linux", version: "9" },
  processor: { vendor: "AMD", modelName: "EPYC" },
  dcvVersion: "2024.0",
  agentVersion: "2024.1",
  memoryUsedBytes: 12_345,
  swap: { totalBytes: 8_000, usedBytes: 10 },
  load: { oneMinute: 1, fiveMinutes: 2, fifteenMinutes: 3 },
  endpoints: [{ ip: "10.1.1.1", port: 9443, protocol: "HTTP", webUrlPath: "/web" }],
  dnsName: "other.example",
  ec2: { instanceType: "m5.large", region: "eu-west-1a" },
  port: 9000,
  webUrlPath: "/dcv",
  loggedInUsers: ["kim"],
  closed: true,
  agentConnected: false,
  dcvHealthy: false,
  creationFailure: "No licence",
  resolution: { width: 800, height: 600 },
};

/** What follows from these at the start, and stays when they change. */
const STAYING: Readonly<Record<string, HostOptions>> = {
  cpus: { memoryBytes: 2 ** 34, ec2: { instanceType: "g4dn.xlarge" } },
  ec2: { gpus: [{ Vendor: "NVIDIA", ModelName: "Tesla T4" }] },
};

/** A broker with one host, all else alike. */
function withHost(options: HostOptions): MockBroker {
  return createBroker({ servers: [{ hostname: "a", ...options }], seed: 3 });
}

/** What decides on a host from now on, but for how it was at the start. */
function factsOf(broker: MockBroker): unknown {
  const { hosts: [host] } = broker.save().state as { hosts: { about: Record<string, unknown> }[] };
  const { version: _, durations: __, ...facts } = host as never as Record<string, unknown>;
  return { ...facts, about: { ...host!.about, closed: undefined, loggedInUsers: undefined } };
}

async function shown(broker: MockBroker) {
  return (await new Caller(broker).describeServers()).Servers;
}

async function patch(broker: MockBroker, body: unknown, host = "a") {
  const headers = { "Content-Type": "application/json" };
  return await send(broker, "PATCH", `/_mock/hosts/${host}`, { headers, body: JSON.stringify(body) });
}

Deno.test("every option of a host is tried", () => {
  const machine = ["id", "hostname", "ip", "os"];
  assertEquals(Object.keys(hostSchema().shape).sort(), [...Object.keys(OTHERS), ...machine].sort());
});

for (const [option, value] of Object.entries(OTHERS)) {
  Deno.test(`a host whose ${option} is changed is one that was described so from the start, and null undoes it`, async () => {
    const change = { [option]: value };
    const [described, changed, sent, untouched] = [{ ...change, ...STAYING[option] }, {}, {}, {}].map(
      withHost,
    );
    changed!.hosts.change("a", change);
    const { status } = await patch(sent!, change);
    assertEquals(status, 200);
    assert(JSON.stringify(factsOf(changed!)) !== JSON.stringify(factsOf(untouched!)));
    for (const each of [changed, sent]) {
      assertEquals(factsOf(each!), factsOf(described!));
      assertEquals(await shown(each!), await shown(described!));
    }
    await patch(sent!, { [option]: null });
    for (const each of [sent, untouched]) each!.advance(120_000);
    assertEquals(await shown(sent!), await shown(untouched!));
  });
}

Deno.test("what a change leaves out stays, in system, processor and ec2 too", async () => {
  const broker = withHost({ system: { name: "Rocky Linux" }, ec2: { instanceType: "m5.large" }, cpus: 2 });
  const [before] = (await shown(broker))!;
  broker.hosts.change("a", { system: { version: "9" }, ec2: { region: "eu-west-1a" } });
  const [after] = (await shown(broker))!;
  assertEquals(after!.Host!.Os!.Name, "Rocky Linux");
  assertEquals(after!.Host!.Os!.Version, "9");
  assertEquals(after!.Host!.Aws, { ...before!.Host!.Aws, Region: "eu-west-1a" });
  assertEquals(after!.Host!.CpuInfo, before!.Host!.CpuInfo);
  broker.hosts.change("a", {});
  assertEquals((await shown(broker))![0], after);
});

Deno.test("a host outside EC2 stays outside until it is put there, and back", async () => {
  const broker = withHost({ ec2: false });
  broker.hosts.change("a", { cpus: 8 });
  assertEquals((await shown(broker))![0]!.Host!.Aws, undefined);
  broker.hosts.change("a", { ec2: { region: "eu-west-1a" } });
  assertEquals((await shown(broker))![0]!.Host!.Aws!.Region, "eu-west-1a");
  broker.hosts.change("a", { ec2: false });
  assertEquals((await shown(broker))![0]!.Host!.Aws, undefined);
});

Deno.test("sessions go on, room that a change makes is given at once, and requirements see the change", async () => {
  const broker = withHost({ maxVirtualSessions: 1 });
  const call = new Caller(broker);
  await call.createReadySession({ Owner: "ana" });
  const request = { Name: "n", Owner: "ben", Type: "VIRTUAL" as const, EnqueueRequest: true };
  const { SuccessfulList: [waiting] } = await call.createSessions([{
    ...request,
    Requirements: "tag:gpu = 'yes'",
  }]);
  broker.hosts.change("a", { maxVirtualSessions: 2 });
  assertEquals(broker.state().queue, [waiting!.Id]);
  broker.hosts.change("a", { tags: { gpu: "yes" } });
  assertEquals(broker.state().queue, []);
  broker.advance(10_000);
  assertEquals(broker.sessions.list().items.map(({ state }) => state), ["READY", "READY"]);
});

Deno.test("another machine, a contradiction, and what no option allows are refused, and change nothing", async () => {
  const broker = withHost({});
  const before = JSON.stringify(broker.save());
  const refused = async (body: object, words: string) => {
    const answer = await patch(broker, body);
    assertEquals(answer.status, 400);
    assertStringIncludes(answer.body.error, words);
  };
  await refused({ os: "windows", cpus: 9 }, "a has the os linux: another os is another machine");
  await refused({ hostname: "b" }, "another hostname is another machine");
  await refused({ ip: null }, "another ip is another machine");
  await refused({ open: true, closed: true }, "contradict each other");
  await refused({ cpus: 0 }, "cpus: must be a whole number of at least 1");
  await refused({ colour: "red" }, "colour: unknown");
  assertThrows(
    () => broker.hosts.change("a", { cpu: 3 } as never),
    TypeError,
    "hosts.change(): cpu: unknown, cpus?",
  );
  assertEquals((await patch(broker, { cpus: 3 }, "none")).status, 404);
  assertEquals(JSON.stringify(broker.save()), before);
  const { hostname, ip, os } = broker.hosts.get("a");
  assertEquals((await patch(broker, { hostname, ip, os, open: false })).body.open, false);
});

Deno.test("a reset brings back the host that was described", async () => {
  const options: MockBrokerOptions = { servers: [{ hostname: "a", cpus: 2 }] };
  const broker = createBroker(options);
  const before = await shown(broker);
  broker.hosts.change("a", { cpus: 32, tags: { x: "y" } });
  broker.reset();
  assertEquals(await shown(broker), before);
});

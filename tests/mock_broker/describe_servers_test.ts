import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { OsFamily } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

Deno.test("describeServers lists all servers, in the order in which they joined", async () => {
  const broker = createBroker({ servers: [{ hostname: "b" }, { hostname: "a" }] });
  broker.hosts.add({ hostname: "c" });
  const call = new Caller(broker);
  for (const body of [undefined, "", "null", "{}", { ServerIds: [], MaxResults: null, NextToken: null }]) {
    const answer = await call.send("POST", "/describeServers", body);
    const hostnames = answer.body.Servers.map(({ Hostname }: { Hostname: string }) => Hostname);
    assertEquals([answer.status, hostnames], [200, ["b", "a", "c"]], JSON.stringify(body));
  }
});

Deno.test("describeServers finds servers by id, leaves out unknown ids and repeats none", async () => {
  const call = new Caller(createBroker());
  const [first, , third] = (await call.describeServers()).Servers;
  const { Servers } = await call.describeServers({ ServerIds: [third!.Id!, "gone", first!.Id!, first!.Id!] });
  assertEquals(Servers.map(({ Id }) => Id), [first!.Id, third!.Id]);
  assertEquals((await call.describeServers({ ServerIds: ["gone"] })).Servers, []);
});

Deno.test("describeServers shows a Linux server in full, and nothing that has no value", async () => {
  const gpus = [{ Vendor: "NVIDIA", ModelName: "Tesla T4" }];
  const ec2 = { instanceId: "i-1", instanceType: "g4dn.xlarge", imageId: "ami-1", region: "us-west-2b" };
  const server = {
    hostname: "node1",
    ip: "10.1.2.3",
    tags: { color: "pink" },
    gpus,
    ec2,
    cpus: 8,
    memoryBytes: 32 * 1024 ** 3,
    port: 9443,
    webUrlPath: "/node1-dcv",
    maxConcurrentSessionsPerUser: 2,
  };
  const call = new Caller(
    createBroker({ servers: [server], sessions: [{ owner: "ana" }, { owner: "ben" }] }),
  );
  const { Servers: [shown] } = await call.describeServers();
  const { CpuLoadAverage, Memory, Swap } = shown!.Host!;
  assertEquals(shown, {
    Id: shown!.Id!,
    Ip: "10.1.2.3",
    Hostname: "node1",
    DefaultDnsName: "node1.dcv.internal",
    Port: "9443",
    Endpoints: [
      { IpAddress: "0.0.0.0", Port: 9443, WebUrlPath: "/node1-dcv", Protocol: "HTTP" },
      { IpAddress: "0.0.0.0", Port: 9443, Protocol: "QUIC" },
    ],
    WebUrlPath: "/node1-dcv",
    Availability: "AVAILABLE",
    Tags: [
      { Key: "color", Value: "pink" },
      { Key: "dcv:os-family", Value: "linux" },
      { Key: "dcv:max-virtual-sessions", Value: "10" },
      { Key: "dcv:max-concurrent-sessions-per-user", Value: "2" },
    ],
    Version: "2025.0.20103",
    SessionManagerAgentVersion: "2025.0.902",
    ConsoleSessionCount: 0,
    VirtualSessionCount: 2,
    Host: {
      Os: { Family: "linux", Name: "Ubuntu", Version: "22.04", KernelVersion: "6.8.0-1021-aws" },
      Memory: { TotalBytes: 32 * 1024 ** 3, UsedBytes: Memory!.UsedBytes! },
      Swap: { TotalBytes: Swap!.TotalBytes!, UsedBytes: Swap!.UsedBytes! },
      Aws: {
        Region: "us-west-2b",
        EC2InstanceType: "g4dn.xlarge",
        EC2InstanceId: "i-1",
        EC2ImageId: "ami-1",
      },
      CpuInfo: {
        Vendor: "GenuineIntel",
        ModelName: "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz",
        Architecture: "x86_64",
        PhysicalCoresPerCpu: 2,
        NumberOfCpus: 8,
      },
      CpuLoadAverage: CpuLoadAverage!,
      Gpus: gpus,
      LoggedInUsers: [],
    },
  });
});

Deno.test("describeServers says of each system what its agent would", async () => {
  const families: OsFamily[] = ["linux", "windows", "macos"];
  const call = new Caller(createBroker({ servers: families.map((os) => ({ os })) }));
  const { Servers } = await call.describeServers();
  const facts = Servers.map(({ Host, Tags }) => ({
    family: Host!.Os!.Family,
    kernel: Host!.Os!.KernelVersion !== undefined,
    build: Host!.Os!.BuildNumber !== undefined,
    tags: Tags!.map(({ Value }) => Value),
  }));
  assertEquals(facts, [
    { family: "linux", kernel: true, build: false, tags: ["linux", "10", "1"] },
    { family: "windows", kernel: false, build: true, tags: ["windows", "0", "1"] },
    { family: "macos", kernel: true, build: false, tags: ["macos", "0", "1"] },
  ]);
});

Deno.test("describeServers shows no Aws off EC2, no DNS name that is not reported, and an empty list of GPUs", async () => {
  const call = new Caller(createBroker({ servers: [{ ec2: false, dnsName: false }] }));
  const { Servers: [server] } = await call.describeServers();
  assertEquals([server!.Host!.Aws, server!.DefaultDnsName, server!.Host!.Gpus], [undefined, undefined, []]);
});

Deno.test("a server's id is the base64 of its host name, its address and 32 hexadecimal digits", async () => {
  const { Servers: [server] } = await new Caller(createBroker()).describeServers();
  assert(/^ip-10-0-0-1-10\.0\.0\.1-[\da-f]{32}$/.test(atob(server!.Id!)), atob(server!.Id!));
});

Deno.test("a server's load moves with time and with its sessions, within what the host has", async () => {
  const broker = createBroker({ servers: [{ hostname: "busy", cpus: 2, maxVirtualSessions: -1 }] });
  const call = new Caller(broker);
  const idle = (await call.server("busy"))!.Host!;
  broker.advance(30 * 60_000);
  const later = (await call.server("busy"))!.Host!;
  assertNotEquals(later.CpuLoadAverage, idle.CpuLoadAverage);
  for (const owner of "abcdefgh") broker.sessions.createOnHost("busy", { owner });
  const busy = (await call.server("busy"))!.Host!;
  assert(busy.CpuLoadAverage!.OneMinute! > later.CpuLoadAverage!.OneMinute!);
  assert(busy.Memory!.UsedBytes! > later.Memory!.UsedBytes!);
  for (const { Memory, Swap } of [idle, later, busy]) {
    assert(Memory!.UsedBytes! > 0 && Memory!.UsedBytes! < Memory!.TotalBytes!);
    assert(Swap!.UsedBytes! >= 0 && Swap!.UsedBytes! < Swap!.TotalBytes!);
  }
});

Deno.test("a server's load stands still between two reports of its agent", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const load = async () => (await call.describeServers()).Servers[0]!.Host!.CpuLoadAverage;
  const first = await load();
  broker.advance(29_999);
  assertEquals(await load(), first);
});

Deno.test("users who are logged in are listed, and make a Windows host unavailable", async () => {
  const broker = createBroker({
    servers: [{ hostname: "windows", os: "windows" }, { hostname: "linux", loggedInUsers: ["root"] }],
  });
  const call = new Caller(broker);
  broker.hosts.setLoggedInUsers("windows", ["Administrator", "ana"]);
  const windows = await call.server("windows");
  assertEquals(windows!.Host!.LoggedInUsers, [{ Username: "Administrator" }, { Username: "ana" }]);
  assertEquals([windows!.Availability, windows!.UnavailabilityReason], [
    "UNAVAILABLE",
    "EXISTING_LOGGED_IN_USER",
  ]);
  const linux = await call.server("linux");
  assertEquals(linux!.Host!.LoggedInUsers, [{ Username: "root" }]);
  assertEquals(linux!.Availability, "AVAILABLE");
  broker.hosts.setLoggedInUsers("windows", []);
  assertEquals((await call.server("windows"))!.Availability, "AVAILABLE");
});

Deno.test("a server without room is SERVER_FULL: one console session, or as many virtual ones as it takes", async () => {
  const broker = createBroker({
    servers: [{ hostname: "console" }, { hostname: "virtual", maxVirtualSessions: 2 }],
    sessions: [{ owner: "ana", type: "CONSOLE", server: "console" }, { owner: "ana", server: "virtual" }],
  });
  const call = new Caller(broker);
  const full = async (hostname: string) => (await call.server(hostname))?.UnavailabilityReason;
  assertEquals([await full("console"), await full("virtual")], ["SERVER_FULL", undefined]);
  broker.sessions.createOnHost("virtual", { owner: "ben" });
  assertEquals(await full("virtual"), "SERVER_FULL");
});

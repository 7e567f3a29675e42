import { assertEquals } from "@std/assert";
import type { HostOptions } from "@dcvkit/mock-broker";
import type { CreateSessionRequestData } from "@dcvkit/session-manager";
import { Caller, createBroker } from "./call.ts";

const NO_SERVER_FOUND = "No DCV server found for the given criteria";

/** On which host each session ends up, one after the other; `undefined` where the broker finds none. */
async function placements(
  servers: HostOptions[],
  requests: Partial<CreateSessionRequestData>[],
): Promise<(string | undefined)[]> {
  const broker = createBroker({ servers });
  const call = new Caller(broker);
  const hostnames = [];
  for (const [i, request] of requests.entries()) {
    const data = { Name: "s", Owner: `user${i}`, Type: "VIRTUAL", ...request };
    const { SuccessfulList: [session], UnsuccessfulList: [failure] } = await call.createSessions([data]);
    broker.advance(10_000);
    if (failure) assertEquals(failure.FailureReason, NO_SERVER_FOUND);
    hostnames.push(session && (await call.session(session.Id))!.Server!.Hostname);
  }
  return hostnames;
}

Deno.test("virtual sessions go to Linux only; Windows and macOS take console sessions", async () => {
  const servers: HostOptions[] = [{ hostname: "win", os: "windows" }, { hostname: "mac", os: "macos" }];
  assertEquals(await placements(servers, [{}, { Type: "CONSOLE" }, { Type: "CONSOLE" }]), [
    undefined,
    "mac",
    "win",
  ]);
  assertEquals(await placements([{ hostname: "linux" }], [{ Type: "CONSOLE" }]), ["linux"]);
});

Deno.test("a host with a console session takes no other, of any kind", async () => {
  const requests = [{ Type: "CONSOLE" }, { Type: "CONSOLE" }, {}];
  assertEquals(await placements([{ hostname: "a" }], requests), ["a", undefined, undefined]);
});

Deno.test("a host with a virtual session takes no console session", async () => {
  assertEquals(await placements([{ hostname: "a" }], [{}, { Type: "CONSOLE" }, {}]), ["a", undefined, "a"]);
});

Deno.test("a host takes as many virtual sessions as max_virtual_sessions says", async () => {
  const servers = [{ hostname: "a", maxVirtualSessions: 2 }];
  assertEquals(await placements(servers, [{}, {}, {}]), ["a", "a", undefined]);
  const unlimited = [{ hostname: "a", maxVirtualSessions: -1 }];
  assertEquals(await placements(unlimited, Array.from({ length: 30 }, () => ({}))), Array(30).fill("a"));
  assertEquals(await placements([{ maxVirtualSessions: 0 }], [{}]), [undefined]);
});

Deno.test("a host takes one session of an owner unless its agent allows more", async () => {
  const ana = { Owner: "ana" };
  const servers = [{ hostname: "a" }, { hostname: "b", maxConcurrentSessionsPerUser: 2, closed: true }];
  assertEquals(await placements(servers, [ana, ana]), ["a", undefined]);
  servers[1]!.closed = false;
  assertEquals((await placements(servers, [ana, ana, ana])).toSorted(), ["a", "b", "b"]);
});

Deno.test("a session goes to the host with the fewest sessions, and among equals to the one with the least id", async () => {
  const servers = ["c", "a", "b"].map((hostname) => ({ hostname }));
  assertEquals(await placements(servers, [{}, {}, {}, {}]), ["a", "b", "c", "a"]);
});

Deno.test("a session goes only where its requirements hold, be they about tags or about properties", async () => {
  const servers: HostOptions[] = [
    { hostname: "a", tags: { color: "red" }, cpus: 2 },
    { hostname: "b", tags: { color: "pink", gen: "10" }, cpus: 8, ec2: { instanceId: "i-b" } },
    { hostname: "w", os: "windows", ec2: false },
  ];
  const found = async (Requirements: string, Type = "VIRTUAL") =>
    (await placements(servers, [{ Requirements, Type }]))[0];
  assertEquals(await found("tag:color = 'pink'"), "b");
  assertEquals(await found("tag:color != 'red'"), "b");
  assertEquals(await found("not tag:color := 'in'"), "a");
  assertEquals(await found("tag:gen > 9"), "b");
  assertEquals(await found("server:Host.CpuInfo.NumberOfCpus >= 4"), "b");
  assertEquals(await found("server:Host.CpuInfo.NumberOfCpus >= 9"), undefined);
  assertEquals(await found("server:Host.Aws.Ec2InstanceId = 'i-b'"), "b");
  assertEquals(await found("server:Host.Aws.Ec2InstanceId = 'i-b' and tag:color = 'red'"), undefined);
  assertEquals(await found("server:Hostname = 'a' or server:Hostname = 'w'", "CONSOLE"), "a");
  assertEquals(await found("server:Host.Os.Family = 'windows'", "CONSOLE"), "w");
  assertEquals(await found("server:Host.Os.BuildNumber = '20348'", "CONSOLE"), "w");
  assertEquals(await found("server:Host.Aws.Region != 'us-west-2b'", "CONSOLE"), "w");
  assertEquals(await found("tag:dcv:max-virtual-sessions = '10' and tag:color = 'red'"), "a");
});

Deno.test("every server property can be asked for", async () => {
  const texts = ["Id", "Hostname", "Version", "SessionManagerAgentVersion"].concat(
    ["Family", "Name", "Version", "KernelVersion"].map((name) => `Host.Os.${name}`),
    ["Region", "Ec2InstanceType", "Ec2InstanceId", "Ec2ImageId"].map((name) => `Host.Aws.${name}`),
    ["Vendor", "ModelName", "Architecture"].map((name) => `Host.CpuInfo.${name}`),
  );
  const numbers = ["Memory.TotalBytes", "Memory.UsedBytes", "Swap.TotalBytes", "Swap.UsedBytes"].concat(
    ["OneMinute", "FiveMinutes", "FifteenMinutes"].map((name) => `CpuLoadAverage.${name}`),
    ["NumberOfCpus", "PhysicalCoresPerCpu"].map((name) => `CpuInfo.${name}`),
  );
  const terms = [
    ...texts.map((path) => `server:${path} != ''`),
    ...numbers.map((path) => `server:Host.${path} >= 0`),
  ];
  assertEquals(await placements([{ hostname: "a" }], [{ Requirements: terms.join(" and ") }]), ["a"]);
});

Deno.test("what a host's system cannot do counts as a host that does not match", async () => {
  const onLinux = (request: Partial<CreateSessionRequestData>) => placements([{ hostname: "l" }], [request]);
  const onWindows = (request: Partial<CreateSessionRequestData>) =>
    placements([{ hostname: "w", os: "windows" }], [{ Type: "CONSOLE", ...request }]);
  const onMac = (request: Partial<CreateSessionRequestData>) =>
    placements([{ hostname: "m", os: "macos" }], [{ Type: "CONSOLE", ...request }]);
  const everything = {
    DcvGlEnabled: true,
    InitFile: "init.sh",
    InitFilePath: "init.sh",
    AutorunFile: "run.sh",
    AutorunFileArguments: ["-v"],
  };
  assertEquals(await onLinux(everything), ["l"]);
  for (const [field, value] of Object.entries(everything)) {
    const windows = field === "AutorunFile" ? "w" : undefined;
    assertEquals(await onLinux({ Type: "CONSOLE", [field]: value }), [undefined], `${field} on Linux`);
    assertEquals(await onWindows({ [field]: value }), [windows], `${field} on Windows`);
    assertEquals(await onMac({ [field]: value }), [undefined], `${field} on macOS`);
  }
  assertEquals(await onWindows({ DcvGlEnabled: false }), ["w"]);
});

Deno.test("a session goes to no host that is closed, unhealthy or in use by someone else", async () => {
  const servers: HostOptions[] = [
    { hostname: "closed", closed: true },
    { hostname: "unhealthy" },
    { hostname: "used", os: "windows", loggedInUsers: ["Administrator"] },
  ];
  const broker = createBroker({ servers });
  broker.hosts.setDcvHealth("unhealthy", false);
  const call = new Caller(broker);
  for (const Type of ["VIRTUAL", "CONSOLE"]) {
    assertEquals(await call.creationFailure({ Type }), NO_SERVER_FOUND);
  }
});

Deno.test("room that a session leaves is taken by the next one", async () => {
  const broker = createBroker({ servers: [{ maxVirtualSessions: 1 }] });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  assertEquals(await call.creationFailure({ Owner: "ben" }), NO_SERVER_FOUND);
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
  assertEquals(await call.creationFailure({ Owner: "ben" }), NO_SERVER_FOUND, "it is still DELETING");
  broker.advance(5_000);
  await call.createReadySession({ Owner: "ben" });
});

Deno.test("a host that was just added takes sessions at once", async () => {
  const broker = createBroker({ servers: [] });
  const call = new Caller(broker);
  assertEquals(await call.creationFailure(), NO_SERVER_FOUND);
  const id = broker.hosts.add();
  assertEquals((await call.createReadySession()).Server!.Id, id);
});

/** More hosts than are looked up by name, and a few of them. */
const FLEETS = [5, 40].map((count) =>
  Array.from({ length: count }, (_, i): HostOptions => ({
    hostname: `host-${i}`,
    tags: { role: "all", ...(i % 3 === 0 && { third: "yes" }) },
    ec2: { instanceId: `i-${i}` },
  }))
);

for (const servers of FLEETS) {
  const times = (request: Partial<CreateSessionRequestData>) => Array(2 * servers.length).fill(request);

  Deno.test(`requirements that all of ${servers.length} hosts meet change nothing about which is taken`, async () => {
    const taken = await placements(servers, times({}));
    assertEquals(new Set(taken.slice(0, servers.length)).size, servers.length, "Not the emptiest first");
    for (
      const Requirements of [
        "tag:role = 'all'",
        "tag:role = 'all' and server:Host.CpuInfo.NumberOfCpus > 0",
      ]
    ) {
      assertEquals(await placements(servers, times({ Requirements })), taken, Requirements);
    }
  });

  Deno.test(`a host is found among ${servers.length} by each of its names, and by no other`, async () => {
    const [wanted, more] = ["host-3", "server:Host.CpuInfo.NumberOfCpus > 0"];
    for (
      const [Requirements, host] of [
        ["server:Host.Aws.Ec2InstanceId = 'i-3'", wanted],
        [`server:Host.Aws.Ec2InstanceId = 'i-3' and ${more}`, wanted],
        [`server:Host.Aws.Ec2InstanceId = 'i-none' and ${more}`, undefined],
        [`server:Id = 'none' and ${more}`, undefined],
        [`tag:third = 'no' and ${more}`, undefined],
      ] as const
    ) {
      assertEquals(await placements(servers, [{ Requirements }]), [host], Requirements);
    }
  });
}

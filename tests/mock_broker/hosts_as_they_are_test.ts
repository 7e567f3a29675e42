import { assertEquals, assertThrows } from "@std/assert";
import type { HostOptions } from "@dcvkit/mock-broker";
import { parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
import type { Server } from "@dcvkit/session-manager";
import { Caller, createBroker } from "./call.ts";

async function serverOf(host: HostOptions): Promise<Server> {
  return (await new Caller(createBroker({ servers: [host] })).describeServers()).Servers[0]!;
}

/** A host of which everything is known. */
const KNOWN: HostOptions = {
  hostname: "node",
  system: { name: "Rocky Linux", version: "9.4", kernelVersion: "5.14.0-427.el9.x86_64" },
  processor: {
    vendor: "AuthenticAMD",
    modelName: "AMD EPYC 7R32",
    architecture: "x86_64",
    physicalCoresPerCpu: 16,
  },
  cpus: 32,
  memoryBytes: 1000,
  memoryUsedBytes: 400,
  swap: { totalBytes: 200, usedBytes: 50 },
  load: { oneMinute: 1.5, fiveMinutes: 1.25, fifteenMinutes: 1 },
  gpus: [{ Vendor: "NVIDIA", ModelName: "A10G" }, { Vendor: "NVIDIA", ModelName: "A10G" }],
  dcvVersion: "2023.1.16388",
  agentVersion: "2023.1.732",
  endpoints: [
    { port: 443, protocol: "HTTP", webUrlPath: "/dcv" },
    { ip: "10.0.0.9", port: 8444, protocol: "QUIC" },
  ],
  dnsName: "node.lab.example",
};

Deno.test("a host is shown with the system, hardware and versions that its options say", async () => {
  const server = await serverOf(KNOWN);
  const { Os, Memory, Swap, CpuInfo, CpuLoadAverage, Gpus } = server.Host!;
  assertEquals(Os, {
    Family: "linux",
    Name: "Rocky Linux",
    Version: "9.4",
    KernelVersion: "5.14.0-427.el9.x86_64",
  });
  assertEquals([Memory, Swap], [{ TotalBytes: 1000, UsedBytes: 400 }, { TotalBytes: 200, UsedBytes: 50 }]);
  assertEquals(CpuInfo, {
    Vendor: "AuthenticAMD",
    ModelName: "AMD EPYC 7R32",
    Architecture: "x86_64",
    PhysicalCoresPerCpu: 16,
    NumberOfCpus: 32,
  });
  assertEquals(CpuLoadAverage, { OneMinute: 1.5, FiveMinutes: 1.25, FifteenMinutes: 1 });
  assertEquals(Gpus?.length, 2);
  assertEquals([server.Version, server.SessionManagerAgentVersion], ["2023.1.16388", "2023.1.732"]);
  assertEquals(server.Endpoints, [
    { IpAddress: "0.0.0.0", Port: 443, WebUrlPath: "/dcv", Protocol: "HTTP" },
    { IpAddress: "10.0.0.9", Port: 8444, Protocol: "QUIC" },
  ]);
  assertEquals([server.Port, server.WebUrlPath, server.DefaultDnsName], ["443", "/dcv", "node.lab.example"]);
});

Deno.test("requirements can ask for each of these, and for nothing that the host has not", async () => {
  const call = new Caller(
    createBroker({ servers: [{ ...KNOWN, maxVirtualSessions: -1, maxConcurrentSessionsPerUser: 99 }] }),
  );
  for (
    const holds of [
      "Host.Os.Name = 'Rocky Linux'",
      "Host.Os.Version := '9.'",
      "Host.Os.KernelVersion := 'el9'",
      "Host.Os.BuildNumber != '20348'",
      "Host.CpuInfo.Vendor = 'AuthenticAMD'",
      "Host.CpuInfo.ModelName := 'EPYC'",
      "Host.CpuInfo.Architecture = 'x86_64'",
      "Host.CpuInfo.PhysicalCoresPerCpu = 16",
      "Host.Memory.UsedBytes = 400",
      "Host.Swap.TotalBytes = 200",
      "Host.Swap.UsedBytes < 51",
      "Host.CpuLoadAverage.OneMinute > 1.4",
      "Host.CpuLoadAverage.FiveMinutes = 1.25",
      "Host.CpuLoadAverage.FifteenMinutes <= 1",
      "Version = '2023.1.16388'",
      "SessionManagerAgentVersion = '2023.1.732'",
    ]
  ) {
    const item = { Name: "x", Owner: "ana", Type: "VIRTUAL" };
    const ask = (Requirements: string) => call.createSessions([{ ...item, Requirements }]);
    assertEquals((await ask(`server:${holds}`)).SuccessfulList.length, 1, holds);
    assertEquals((await ask(`not server:${holds}`)).SuccessfulList.length, 0, holds);
  }
});

Deno.test("what is left open of a system or a processor is that of the family", async () => {
  const { Os, CpuInfo } =
    (await serverOf({ system: { version: "24.04" }, processor: { physicalCoresPerCpu: 8 } }))
      .Host!;
  assertEquals([Os!.Name, Os!.Version], ["Ubuntu", "24.04"]);
  assertEquals([CpuInfo!.Vendor, CpuInfo!.PhysicalCoresPerCpu], ["GenuineIntel", 8]);
});

/** What is said of a host, and what it then has: its type, graphics processors, CPUs and GiB. */
const AGREEING: [host: HostOptions, type: string | undefined, gpus: string[], cpus: number, gib: number][] = [
  [{}, "g4dn.xlarge", ["Tesla T4"], 4, 16],
  [{ gpus: [] }, "m5.xlarge", [], 4, 16],
  [{ cpus: 16 }, "g4dn.4xlarge", ["Tesla T4"], 16, 64],
  [{ cpus: 8, gpus: [] }, "m5.2xlarge", [], 8, 32],
  [{ ec2: { instanceType: "c5.large" } }, "c5.large", [], 4, 16],
  [{ ec2: { instanceType: "g5.xlarge" } }, "g5.xlarge", ["A10G"], 4, 16],
  [{ ec2: { instanceType: "g6.4xlarge" }, gpus: [] }, "g6.4xlarge", [], 4, 16],
  [{ ec2: false }, undefined, [], 4, 16],
  [{ os: "windows" }, "g4dn.xlarge", ["Tesla T4"], 4, 16],
  [{ os: "macos" }, "mac2.metal", ["Apple M1"], 8, 16],
];

Deno.test("defaults agree with each other: an instance type has its CPUs, memory and graphics", async () => {
  for (const [host, type, gpus, cpus, gib] of AGREEING) {
    const { Aws, Gpus, CpuInfo, Memory } = (await serverOf(host)).Host!;
    assertEquals(
      [
        Aws?.EC2InstanceType,
        Gpus!.map(({ ModelName }) => ModelName),
        CpuInfo!.NumberOfCpus,
        Memory!.TotalBytes,
      ],
      [type, gpus, cpus, gib * 1024 ** 3],
      JSON.stringify(host),
    );
  }
});

Deno.test("macOS hosts are mac metal instances with arm64, for console sessions only", async () => {
  const broker = createBroker({ servers: [{ hostname: "mac", os: "macos" }] });
  const call = new Caller(broker);
  const { Os, CpuInfo, Aws } = (await call.describeServers()).Servers[0]!.Host!;
  assertEquals([Os!.Family, CpuInfo!.Vendor, CpuInfo!.Architecture], ["macos", "Apple", "arm64"]);
  assertEquals(Aws!.EC2InstanceType, "mac2.metal");
  assertEquals(await call.creationFailure({ Type: "VIRTUAL" }), "No DCV server found for the given criteria");
  await call.createReadySession({
    Type: "CONSOLE",
    Requirements: "server:Host.CpuInfo.Architecture = 'arm64'",
  });
});

Deno.test("a fleet file says the same, and what is wrong is refused with its place", () => {
  const text =
    "servers: [{ hostname: a, system: { name: Debian }, processor: { architecture: aarch64 }, dcvVersion: x }]";
  createBroker(parseFleetFile(text));
  for (
    const wrong of [
      { processor: { cores: 4 } },
      { system: { name: "" } },
      { swap: { totalBytes: 1 } },
      { load: { oneMinute: -1, fiveMinutes: 0, fifteenMinutes: 0 } },
      { endpoints: [{ port: 0, protocol: "HTTP" }] },
      { memoryUsedBytes: 0.5 },
    ]
  ) assertThrows(() => createBroker({ servers: [wrong as HostOptions] }), TypeError, "servers[0]");
});

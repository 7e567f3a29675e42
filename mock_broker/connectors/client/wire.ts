/**
 * Sessions and servers as the client connector shows them. A field that is `undefined` here is not sent.
 *
 * @module
 */

import type * as wire from "@dcvkit/session-manager";
import { usersOn } from "../../simulation/connections.ts";
import type { HostAddresses } from "../host_addresses.ts";
import type { OperationContext } from "./operation_context.ts";
import type { Endpoint } from "../../simulation/host_description.ts";
import type { Host } from "../../simulation/host.ts";
import type { Session } from "../../simulation/session.ts";

/** What is to be known beside a session or a host. */
export type WireContext = Pick<OperationContext, "world" | "addresses">;

/** A session that was just accepted: nothing is known yet but what was asked for. */
export function wireNewSession(session: Session): wire.Session {
  return {
    Id: session.id,
    Name: session.name,
    Owner: session.owner,
    Type: session.type,
    State: session.state,
    Substate: session.substate,
  };
}

/** A session in full, with its server in short. */
export function wireSession(session: Session, { addresses }: WireContext): wire.Session {
  const { server } = session;
  return {
    ...wireNewSession(session),
    Server: server && wireServerInShort(server, addresses),
    ...wireLifeOf(session),
  };
}

/** What follows a session's server. */
export function wireLifeOf(session: Session): Partial<wire.Session> {
  return {
    StateReason: session.stateReason,
    MaxConcurrentClients: session.maxConcurrentClients,
    StorageRoot: session.storageRoot,
    CreationTime: session.creationTimestamp,
    LastDisconnectionTime: session.lastDisconnectionTime === undefined
      ? undefined
      : new Date(session.lastDisconnectionTime).toISOString(),
    NumOfConnections: session.connections.length,
  };
}

/** What a server in a listing has beside what it has in short. */
export function wireMachineOf(host: Host, context: WireContext): wire.Server {
  return {
    Version: host.about.dcvVersion,
    SessionManagerAgentVersion: host.about.agentVersion,
    ConsoleSessionCount: host.consoleSessions,
    VirtualSessionCount: host.virtualSessions,
    Host: wireHost(host, context),
  };
}

/** What a session shows of its server: all but the machine, which AWS's console joins from DescribeServers. */
export function wireServerInShort(host: Host, addresses: HostAddresses): wire.Server {
  const { ip, port, webUrlPath } = addresses.of(host);
  const reason = host.unavailabilityReason;
  return {
    Id: host.id,
    Ip: ip,
    Hostname: host.about.hostname,
    DefaultDnsName: addresses.nameOf(host),
    Port: String(port),
    Endpoints: host.about.endpoints?.map(wireEndpoint) ?? [
      { IpAddress: "0.0.0.0", Port: port, WebUrlPath: webUrlPath, Protocol: "HTTP" },
      { IpAddress: "0.0.0.0", Port: port, Protocol: "QUIC" },
    ],
    WebUrlPath: webUrlPath,
    Availability: reason ? "UNAVAILABLE" : "AVAILABLE",
    UnavailabilityReason: reason,
    Tags: [...host.tags].map(([Key, Value]) => ({ Key, Value })),
  };
}

function wireEndpoint({ ip, port, protocol, webUrlPath }: Endpoint): wire.Endpoint {
  return {
    IpAddress: ip,
    Port: port,
    ...(webUrlPath !== undefined && { WebUrlPath: webUrlPath }),
    Protocol: protocol,
  };
}

function wireHost(host: Host, { world }: WireContext): wire.Host {
  const { os, system, memoryBytes, ec2, processor, cpus, gpus } = host.about;
  const { load, memoryUsed, swapTotal, swapUsed } = host.metrics;
  return {
    Os: {
      Family: os,
      Name: system.name,
      Version: system.version,
      ...(system.kernelVersion !== undefined && { KernelVersion: system.kernelVersion }),
      ...(system.buildNumber !== undefined && { BuildNumber: system.buildNumber }),
    },
    Memory: { TotalBytes: memoryBytes, UsedBytes: memoryUsed },
    Swap: { TotalBytes: swapTotal, UsedBytes: swapUsed },
    ...(ec2 && {
      Aws: {
        Region: ec2.region,
        EC2InstanceType: ec2.instanceType,
        EC2InstanceId: ec2.instanceId,
        EC2ImageId: ec2.imageId,
      },
    }),
    CpuInfo: {
      Vendor: processor.vendor,
      ModelName: processor.modelName,
      Architecture: processor.architecture,
      PhysicalCoresPerCpu: processor.physicalCoresPerCpu,
      NumberOfCpus: cpus,
    },
    CpuLoadAverage: { OneMinute: load.one, FiveMinutes: load.five, FifteenMinutes: load.fifteen },
    Gpus: gpus.map((gpu) => ({ ...gpu })),
    LoggedInUsers: usersOn(host, world).map((Username) => ({ Username })),
  };
}

/**
 * Sessions and servers as the client connector shows them. A field that is `undefined` here is not sent.
 *
 * @module
 */

import type * as wire from "@dcvkit/session-manager";
import { AGENT_VERSION, CPU, DCV_VERSION, OPERATING_SYSTEMS } from "../../simulation/host_facts.ts";
import { usersOn } from "../../simulation/connections.ts";
import type { HostAddresses } from "../host_addresses.ts";
import type { OperationContext } from "./operation_context.ts";
import type { Host } from "../../simulation/host.ts";
import type { Session } from "../../simulation/session.ts";

/** What is to be known beside a session or a host. */
type WireContext = Pick<OperationContext, "world" | "addresses">;

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

/** A session in a listing, with its server in short. */
export function wireSession(session: Session, context: WireContext): wire.Session {
  const { server } = session;
  return {
    ...wireNewSession(session),
    Server: server && wireServerInShort(server, context),
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

/** A server in a listing of servers. */
export function wireServer(host: Host, context: WireContext): wire.Server {
  return {
    ...wireServerInShort(host, context),
    Version: DCV_VERSION,
    SessionManagerAgentVersion: AGENT_VERSION,
    ConsoleSessionCount: host.consoleSessions,
    VirtualSessionCount: host.virtualSessions,
    Host: wireHost(host, context),
  };
}

/** Servers in short as they were shown last: many sessions of a page are on the same few. */
const shown = new WeakMap<Host, { version: number; desktop: object | undefined; server: wire.Server }>();

/** What a session shows of its server: all but the machine, which AWS's console joins from DescribeServers. */
function wireServerInShort(host: Host, { addresses }: WireContext): wire.Server {
  const { desktop } = addresses;
  const last = shown.get(host);
  if (last?.version === host.version && last.desktop === desktop) return last.server;
  const server = describeServer(host, addresses);
  shown.set(host, { version: host.version, desktop, server });
  return server;
}

function describeServer(host: Host, addresses: HostAddresses): wire.Server {
  const { ip, port, webUrlPath } = addresses.of(host);
  const reason = host.unavailabilityReason;
  return {
    Id: host.id,
    Ip: ip,
    Hostname: host.about.hostname,
    DefaultDnsName: addresses.nameOf(host),
    Port: String(port),
    Endpoints: [
      { IpAddress: "0.0.0.0", Port: port, WebUrlPath: webUrlPath, Protocol: "HTTP" },
      { IpAddress: "0.0.0.0", Port: port, Protocol: "QUIC" },
    ],
    WebUrlPath: webUrlPath,
    Availability: reason ? "UNAVAILABLE" : "AVAILABLE",
    UnavailabilityReason: reason,
    Tags: [...host.tags].map(([Key, Value]) => ({ Key, Value })),
  };
}

function wireHost(host: Host, { world }: WireContext): wire.Host {
  const { os, memoryBytes, ec2, cpus, gpus } = host.about;
  const { load, memoryUsed, swapTotal, swapUsed } = host.metrics;
  return {
    Os: OPERATING_SYSTEMS[os],
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
    CpuInfo: { ...CPU, NumberOfCpus: cpus },
    CpuLoadAverage: { OneMinute: load.one, FiveMinutes: load.five, FifteenMinutes: load.fifteen },
    Gpus: gpus.map((gpu) => ({ ...gpu })),
    LoggedInUsers: usersOn(host, world).map((Username) => ({ Username })),
  };
}

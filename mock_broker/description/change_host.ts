/**
 * Changing what an option describes of a host that goes on.
 *
 * @module
 */

import type { z } from "zod";
import { loseAgent, restoreAgent, setDcvHealth } from "../simulation/agents.ts";
import type { Host } from "../simulation/host.ts";
import { type HostDescription, withDrawnIds } from "../simulation/host_description.ts";
import { becomeWilling } from "../simulation/room_report.ts";
import { setLoggedInUsers } from "../simulation/servers.ts";
import type { World } from "../simulation/world.ts";
import { describeHost, given, type HostOptions, hostSchema } from "./host.ts";
import { once } from "./once.ts";
import { object } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/**
 * What is to be otherwise about a host. What is left out stays as it is; `null` brings back the default. An option is
 * replaced as a whole, but for `system`, `processor` and `ec2`, of which the parts that are left out stay too.
 */
export type HostChange = {
  readonly [Name in keyof HostOptions]?: HostOptions[Name] | null | undefined;
};

/** The rules of a change. */
export const hostChangeSchema = once(() => {
  const { shape } = hostSchema();
  const nullable = Object.entries(shape).map(([name, rule]) => [name, rule.nullable().optional()]);
  return object(
    Object.fromEntries(nullable) as { [Name in keyof typeof shape]: Nullable<typeof shape[Name]> },
  );
});

type Nullable<Rule extends z.ZodType> = z.ZodOptional<z.ZodNullable<Rule>>;

export type HostChangeMatches = Expect<SameType<z.input<ReturnType<typeof hostChangeSchema>>, HostChange>>;

/** Which facts follow from an option; those of a host's condition are no facts. */
const FACTS: Partial<Record<keyof HostOptions, readonly (keyof HostDescription)[]>> = {
  tags: ["tags"],
  users: ["users"],
  groups: ["groups"],
  maxVirtualSessions: ["maxVirtualSessions"],
  maxConcurrentSessionsPerUser: ["maxConcurrentSessionsPerUser"],
  cpus: ["cpus"],
  memoryBytes: ["memoryBytes"],
  gpus: ["gpus"],
  system: ["system"],
  processor: ["processor"],
  dcvVersion: ["dcvVersion"],
  agentVersion: ["agentVersion"],
  memoryUsedBytes: ["memoryUsedBytes"],
  swap: ["swap"],
  load: ["load"],
  endpoints: ["endpoints", "port", "webUrlPath"],
  dnsName: ["dnsName", "hasOwnName"],
  ec2: ["ec2"],
  port: ["port"],
  webUrlPath: ["webUrlPath"],
  creationFailure: ["creationFailure"],
  resolution: ["resolution"],
};

/** What says where a host is. */
const ADDRESS = ["endpoints", "port", "webUrlPath"] as const;

/**
 * Changes a host; its sessions go on.
 *
 * @throws {TypeError} If that would make another machine of it; then nothing has changed.
 */
export function changeHost(world: World, host: Host, change: HostChange): void {
  refuseOtherMachine(host, change);
  const facts = Object.keys(change).flatMap((option) => FACTS[option as keyof HostOptions] ?? []);
  if (facts.length > 0) world.fleet.describe(host, changedFacts(world, host, change, facts));
  changeCondition(world, host, change);
}

function refuseOtherMachine({ id, about: { hostname, ip, os } }: Host, change: HostChange): void {
  for (const [option, own] of Object.entries({ id, hostname, ip, os })) {
    const wanted = change[option as keyof HostChange];
    if (wanted === undefined || wanted === own) continue;
    throw new TypeError(`${hostname} has the ${option} ${own}: another ${option} is another machine`);
  }
}

function changedFacts(
  world: World,
  { about, joining, sequence }: Host,
  change: HostChange,
  facts: readonly (keyof HostDescription)[],
): HostDescription {
  const { hostname, ip, os, cpus } = about;
  const wanted = Object.fromEntries(
    Object.entries({ cpus, ...change }).filter(([, value]) => value !== null),
  );
  const described = describeHost({ ...wanted, ...mergedParts(about, change), hostname, ip, os }, sequence);
  const settled = withDrawnIds(described, world.chance.about("host", hostname, joining));
  const changed = Object.fromEntries(facts.map((fact) => [fact, settled[fact]]));
  const isMoved = ADDRESS.some((option) => change[option] !== undefined && change[option] !== null);
  return { ...about, ...changed, hasOwnAddress: about.hasOwnAddress || isMoved };
}

/** Of these, a part that is left out stays. */
function mergedParts(about: HostDescription, { system, processor, ec2 }: HostChange): HostOptions {
  return {
    ...(system && { system: { ...about.system, ...given(system) } }),
    ...(processor && { processor: { ...about.processor, ...given(processor) } }),
    // An instance stays one of its kind whatever else changes.
    ...(ec2 !== null && { ec2: ec2 === false ? false : { ...about.ec2, ...given(ec2) } }),
    ...(ec2 === undefined && about.ec2 === undefined && { ec2: false }),
  };
}

function changeCondition(
  world: World,
  host: Host,
  { closed, dcvHealthy, loggedInUsers, agentConnected }: HostChange,
): void {
  if (closed !== undefined) becomeWilling(world, host, () => host.open = !closed);
  if (dcvHealthy !== undefined) setDcvHealth(world, host, dcvHealthy ?? true);
  if (loggedInUsers !== undefined) setLoggedInUsers(world, host, loggedInUsers ?? []);
  if (agentConnected === false) loseAgent(world, host);
  else if (agentConnected !== undefined) restoreAgent(world, host);
}

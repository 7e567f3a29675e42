/**
 * Another description for a host that goes on.
 *
 * @module
 */

import { loseAgent, restoreAgent, setDcvHealth } from "../simulation/agents.ts";
import type { Host } from "../simulation/host.ts";
import { withDrawnIds } from "../simulation/host_description.ts";
import { becomeWilling } from "../simulation/room_report.ts";
import { setLoggedInUsers } from "../simulation/servers.ts";
import type { World } from "../simulation/world.ts";
import { describeHost, given, hasOwnAddress, type HostOptions } from "./host.ts";

/**
 * Changes what differs between two descriptions of a host; its sessions go on.
 *
 * @throws {TypeError} If that would make another machine of it.
 */
export function redescribeHost(world: World, host: Host, before: HostOptions, after: HostOptions): void {
  for (const option of ["id", "os", "ip"] as const) {
    if (before[option] !== after[option]) throw new TypeError(`another ${option} is another machine`);
  }
  const { hostname, ip, ec2 } = host.about;
  const chance = world.chance.about("host", hostname, host.joining);
  const kept = after.ec2 === false ? false : { ...ec2, ...given(after.ec2) };
  const about = describeHost({ ...after, hostname, ip, ec2: kept }, host.sequence);
  world.fleet.describe(host, { ...withDrawnIds(about, chance), hasOwnAddress: hasOwnAddress(after) });
  changeCondition(world, host, before, after);
}

/** The condition changes only where the description does: meanwhile a test may have given the host another. */
function changeCondition(world: World, host: Host, before: HostOptions, after: HostOptions): void {
  const changed = (option: keyof HostOptions) => before[option] !== after[option];
  if (changed("closed")) becomeWilling(world, host, () => host.open = !after.closed);
  if (changed("dcvHealthy")) setDcvHealth(world, host, after.dcvHealthy ?? true);
  if (before.loggedInUsers?.join("\n") !== after.loggedInUsers?.join("\n")) {
    setLoggedInUsers(world, host, after.loggedInUsers ?? []);
  }
  if (!changed("agentConnected")) return;
  if (after.agentConnected ?? true) restoreAgent(world, host);
  else loseAgent(world, host);
}

/**
 * When the broker counts the room that there is: it decides on what agents last reported, not on how things are.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** Takes a session that has ended off its host. */
export function vacate(world: World, host: Host, session: Session): void {
  const isReported = isReportedAtOnce(world);
  if (world.fleet.release(host, session, { isReported }) && !isReported) awaitRoomReport(world, host);
}

/** Lets a host take sessions that took none before: it has joined, or what kept it from that is over. */
export function becomeWilling(world: World, host: Host, change: () => void): void {
  const isReported = isReportedAtOnce(world);
  const tookNone = host.unavailabilityReason;
  world.fleet.change(host, () => {
    change();
    const isNews = tookNone !== undefined && host.unavailabilityReason === undefined;
    if (isNews && !isReported) host.willingnessReported = false;
  });
  if (!host.isRoomReported) awaitRoomReport(world, host);
}

/** Lets a host join whose agent has registered, but has not yet reported. */
export function awaitFirstReport(world: World, host: Host): void {
  if (isReportedAtOnce(world)) return;
  world.fleet.change(host, () => host.willingnessReported = false);
  awaitRoomReport(world, host);
}

/** The broker hears from the agent: from now on it counts all the room that there is. */
export function reportRoom(world: World, host: Host): void {
  if (host.roomReport) host.roomReport.cancelled = true;
  host.roomReport = undefined;
  if (!host.isRoomReported) world.fleet.change(host, () => host.reportRoom());
}

function isReportedAtOnce({ timings }: World): boolean {
  return timings.roomReport[1] === 0;
}

/** Agents report in a rhythm: one report tells of everything before it. A silent one tells when it is back. */
function awaitRoomReport(world: World, host: Host): void {
  host.roomReport ??= world.agenda.after(world.durationOn(host, "roomReport"), { kind: "roomReport", host });
}

/** An agent reports in its rhythm, if it is connected. */
export function takeRoomReport(world: World, host: Host): void {
  host.roomReport = undefined;
  if (host.connected) reportRoom(world, host);
}

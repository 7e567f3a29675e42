/**
 * Why a connection has ended, other than by its user.
 *
 * @module
 */

import { standingRefusal, whyDown } from "../../simulation/admission.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { OpenConnection } from "./desktop_view.ts";

/** An end, and why. */
export interface Ending {
  readonly code:
    | "DISCONNECTED"
    | "SESSION_ENDED"
    | "NOT_ALLOWED"
    | "HOST_DOWN"
    | "WORLD_RESET"
    | "SERVER_CLOSED";
  readonly reason: string;
}

/** Why a connection is over; `undefined` while it goes on. */
export function endingOf(
  simulation: Simulation,
  open: OpenConnection,
  closing: AbortSignal | undefined,
): Ending | undefined {
  if (closing?.aborted) return { code: "SERVER_CLOSED", reason: "The mock broker has been stopped" };
  if (simulation.world !== open.world) {
    return { code: "WORLD_RESET", reason: "The mock broker has gone back to its beginning" };
  }
  const { session, connection } = open;
  if (!session.connections.includes(connection)) return endOf(open);
  const refusal = standingRefusal(session, connection.user);
  const isBarred = refusal?.code === "NO_DISPLAY" || refusal?.code === "USER_NOT_ON_HOST";
  return isBarred ? { code: "NOT_ALLOWED", reason: refusal.reason } : undefined;
}

/** What has ended a connection that is there no more. */
function endOf({ session, connection }: OpenConnection): Ending {
  if (session.lost || !session.host!.dcvHealthy) {
    const { hostname } = session.host!.about;
    const reason = whyDown(session.host!) ?? `Host ${hostname} has been restarted, and the session is gone`;
    return { code: "HOST_DOWN", reason };
  }
  if (session.state === "DELETED") {
    const why = session.stateReason === undefined ? "" : `: ${session.stateReason}`;
    return { code: "SESSION_ENDED", reason: `The session has ended${why}` };
  }
  return { code: "DISCONNECTED", reason: `The connection of ${connection.user} has been ended from outside` };
}

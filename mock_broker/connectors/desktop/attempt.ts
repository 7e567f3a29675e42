/**
 * What is checked when a user's client wants in: first the token, as the broker does for a DCV server, then what the
 * DCV server checks itself.
 *
 * @module
 */

import { refusalOf, standingRefusal } from "../../simulation/admission.ts";
import type { ConnectionClaims } from "../../simulation/connections.ts";
import type { Host } from "../../simulation/host.ts";
import type { Session } from "../../simulation/session.ts";
import { SESSION_DOES_NOT_EXIST } from "../../simulation/session_deletion.ts";
import type { BrokerContext } from "../broker_context.ts";
import { validateToken } from "../token_validation.ts";
import type { DesktopRefusal } from "./refusals.ts";

/** What a client comes with. */
export interface Attempt {
  readonly token: string | null | undefined;
  /** The fragment of the URL; `undefined` as long as only the browser knows it. */
  readonly sessionId: string | undefined;
  /** The host in the URL; `undefined` in a gateway's form, which names none. */
  readonly host: Host | undefined;
}

/** Who may come in, and to what. */
export interface Admitted {
  readonly session: Session;
  readonly claims: ConnectionClaims;
}

/** Checks an attempt to connect. As long as the session is not named, nobody takes one of its connections yet. */
export async function checkAttempt(
  broker: Pick<BrokerContext, "simulation" | "connectionTokens">,
  { token, sessionId, host }: Attempt,
): Promise<Admitted | DesktopRefusal> {
  const valid = await validateToken(broker, token, sessionId);
  if ("code" in valid) return sessionId === "" ? noSession(valid) : valid;
  const { claims } = valid;
  const session = broker.simulation.world.sessions.find(claims.dcvSessionId);
  if (!session) {
    return { code: "SESSION_NOT_FOUND", reason: `${SESSION_DOES_NOT_EXIST}: ${claims.dcvSessionId}` };
  }
  if (host && session.host && session.host !== host) {
    const [asked, actual] = [host.about.hostname, session.host.about.hostname];
    const reason = `Session ${session.id} is on ${actual}, and ${asked} was asked for it`;
    return { code: "SESSION_NOT_ON_HOST", reason };
  }
  const refusal = sessionId === undefined ? standingRefusal : refusalOf;
  return refusal(session, claims.dcvSessionUser) ?? { session, claims };
}

/** A URL without a fragment is another slip than one with a wrong fragment. */
function noSession(refusal: DesktopRefusal): DesktopRefusal {
  if (refusal.code !== "OTHER_SESSION") return refusal;
  return { code: "NO_SESSION", reason: "The URL ends without a session id" };
}

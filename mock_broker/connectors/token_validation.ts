/**
 * What a connection token is worth: what a DCV server asks the broker, whoever asks here.
 *
 * @module
 */

import type { ConnectionClaims } from "../simulation/connections.ts";
import type { BrokerContext } from "./broker_context.ts";

/** Which check a token has failed. */
export type TokenRefusalCode =
  | "NO_TOKEN"
  | "INVALID_TOKEN"
  | "FOREIGN_TOKEN"
  | "EXPIRED_TOKEN"
  | "OTHER_SESSION";

/** Why a token admits nobody. */
export interface TokenRefusal {
  readonly code: TokenRefusalCode;
  readonly reason: string;
}

/** What a token says that admits its user to this session, or to its own where none is named; else why it does not. */
export async function validateToken(
  { simulation, connectionTokens }: Pick<BrokerContext, "simulation" | "connectionTokens">,
  token: string | null | undefined,
  sessionId?: string,
): Promise<{ readonly claims: ConnectionClaims } | TokenRefusal> {
  if (!token) return { code: "NO_TOKEN", reason: "The request has no connection token" };
  const { world } = simulation;
  const result = await connectionTokens.verify(token, world.signingKeyId, world.now);
  if ("code" in result) return { code: result.code, reason: REASONS[result.code] };
  const { claims } = result;
  if (sessionId === undefined || claims.dcvSessionId === sessionId) return { claims };
  const reason = `The token is for session ${claims.dcvSessionId}, and session ${sessionId} was asked for`;
  return { code: "OTHER_SESSION", reason };
}

const REASONS = {
  INVALID_TOKEN: "The token is none of this broker's, or was changed on its way: its signature does not fit",
  FOREIGN_TOKEN: "The token is signed with another key: by another broker, or before this one lost its keys",
  EXPIRED_TOKEN: "The token has expired",
};

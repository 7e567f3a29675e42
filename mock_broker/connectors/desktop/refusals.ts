/**
 * The ways in which a connection is refused, each with its status and with words for whoever sees it.
 *
 * @module
 */

import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { RefusalCode } from "../../simulation/admission.ts";
import type { TokenRefusalCode } from "../token_validation.ts";

/** Which check has failed. */
export type DesktopRefusalCode = TokenRefusalCode | RefusalCode | "NO_SESSION" | "SESSION_NOT_FOUND";

/** A connection that is refused. */
export interface DesktopRefusal {
  readonly code: DesktopRefusalCode;
  /** What was found, in the words of the check. */
  readonly reason: string;
}

/** What a refusal looks like from outside. */
interface RefusalText {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Every refusal by its code. */
export const REFUSALS: Readonly<Record<DesktopRefusalCode, RefusalText>> = {
  NO_TOKEN: {
    status: 401,
    title: "A connection token is missing",
    remedy:
      "Ask the broker for one with getSessionConnectionData() and put it into the URL as ?authToken=...",
  },
  INVALID_TOKEN: {
    status: 401,
    title: "The connection token is not valid",
    remedy: "Put the token into the URL as the broker gave it, without a character more or less.",
  },
  FOREIGN_TOKEN: {
    status: 401,
    title: "The connection token is not this broker's",
    remedy:
      "Ask this broker for a token: one that was given out before a restart without persistence is void.",
  },
  EXPIRED_TOKEN: {
    status: 401,
    title: "The connection token has expired",
    remedy: "Ask for a new one when the user clicks, and not when the page is made.",
  },
  NO_SESSION: {
    status: 400,
    title: "The URL names no session",
    remedy: "The session id comes last in the URL, behind a #.",
  },
  OTHER_SESSION: {
    status: 403,
    title: "The connection token is for another session",
    remedy: "Each session takes the tokens that were given out for it: the two parts of the URL do not fit.",
  },
  SESSION_NOT_FOUND: {
    status: 404,
    title: "There is no such session",
    remedy: "It may have ended. Look for it with describeSessions(), or create another.",
  },
  SESSION_NOT_ON_HOST: {
    status: 404,
    title: "The session is not on this host",
    remedy: "Build the URL from the Server in the answer of getSessionConnectionData().",
  },
  SESSION_NOT_READY: {
    status: 409,
    title: "The session is not READY",
    remedy: "Wait for it with waitForSession() before you send anybody there.",
  },
  HOST_DOWN: {
    status: 503,
    title: "The host is down",
    remedy: "Nothing shows the desktop as long as the host, its DCV server or its agent is down.",
  },
  USER_NOT_ON_HOST: {
    status: 403,
    title: "The user does not exist on the host",
    remedy: "Guests too have to be users of the operating system there.",
  },
  NO_DISPLAY: {
    status: 403,
    title: "The permissions do not let this user in",
    remedy:
      "Only whom the permissions file allows the feature display may connect; without a file, the owner alone.",
  },
  TOO_MANY_CLIENTS: {
    status: 429,
    title: "The session is full",
    remedy:
      "MaxConcurrentClients bounds the connections, the owner's included. Another one has to end first.",
  },
};

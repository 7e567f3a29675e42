/**
 * Whether the broker gives a token, and answers a first question.
 *
 * @module
 */

import { SessionManagerError } from "@dcvkit/session-manager";
import { createClient } from "../settings/client.ts";
import type { Check } from "./check.ts";

/** Asks for one server, with everything that goes before. */
export const checkFirstAnswer: Check = async (settings, signal) => {
  const client = await createClient(settings);
  try {
    const { Servers, NextToken } = await client.describeServers({ MaxResults: 1 }, { signal });
    const many = Servers.length === 0 ? "no server yet" : NextToken ? "several servers" : "one server";
    return { isWell: true, seen: `answers, and has ${many}` };
  } catch (error) {
    if (!(error instanceof SessionManagerError)) throw error;
    return { isWell: false, seen: error.message, mend: MENDS[error.code] };
  }
};

const MENDS: Readonly<Record<string, string>> = {
  AUTHENTICATION_FAILED:
    "Check DCV_SM_CLIENT_ID and DCV_SM_CLIENT_PASSWORD. The broker shows a password once, when a client is registered: " +
    "register another with `dcv-session-manager-broker register-api-client`.",
  UNAUTHORIZED:
    "The broker wants a token: set DCV_SM_CLIENT_ID and DCV_SM_CLIENT_PASSWORD, or DCV_SM_OAUTH2_TOKEN",
  FORBIDDEN: "The token is not for this broker, or lacks its scope",
  INVALID_RESPONSE: "What answers there is no broker: check the port and the path of the URL",
  NOT_FOUND: "What answers there is no broker: check the port and the path of the URL",
  THROTTLED: "The broker gets too many requests: raise max-api-requests-per-second, or ask less often",
};

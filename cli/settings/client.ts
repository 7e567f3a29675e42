/**
 * The client that the settings describe.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import {
  type AttemptEvent,
  type ClientOptions,
  type Credentials,
  type Fetch,
  SessionManagerClient,
} from "@dcvkit/session-manager";
import { accessTokenProvider } from "@dcvkit/session-manager/authorization";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { CommandError, EXIT } from "../exit_codes.ts";
import { printNote } from "../output/terminal.ts";
import type { Settings } from "./settings.ts";
import { tokenFile } from "./token_file.ts";

/** Makes the client; nothing is sent yet. */
export async function createClient(settings: Settings): Promise<SessionManagerClient> {
  const { brokerUrl, tokenUrl, isDebugging } = settings;
  const options = {
    brokerUrl,
    tokenUrl,
    fetch: await fetchFor(settings),
    ...(isDebugging && { onAttempt: printAttempt }),
  };
  return new SessionManagerClient({ ...options, credentials: credentialsOf(settings, options) });
}

/** Only tokens that are asked for can be kept from call to call. */
function credentialsOf(
  { credentials, isTokenKept }: Settings,
  options: ClientOptions,
): Credentials | undefined {
  if (!isTokenKept || credentials === undefined || "accessToken" in credentials) return credentials;
  return accessTokenProvider({ ...options, credentials, cache: tokenFile() });
}

/** What sends the requests: the runtime's own `fetch` where nothing is said about certificates. */
export async function fetchFor(settings: Settings): Promise<Fetch | undefined> {
  const { ca, cert, key, serverName, isVerified } = settings;
  if ([ca, cert, key, serverName].every((value) => value === undefined) && isVerified) return undefined;
  return createTlsFetch({
    ca: await pem("CA file", ca),
    cert: await pem("client certificate", cert),
    key: await pem("key", key),
    serverName,
    dangerouslyDisableVerification: !isVerified,
  });
}

async function pem(what: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new CommandError(EXIT.environment, `Cannot read the ${what}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function printAttempt({ operation, attempt, duration, status, error, retryDelay }: AttemptEvent): void {
  const outcome = status ?? (error instanceof Error ? error.message : "no answer");
  const again = retryDelay === undefined ? "" : `, again in ${Math.round(retryDelay)} ms`;
  printNote(`${operation}: attempt ${attempt}, ${Math.round(duration)} ms, ${outcome}${again}`);
}

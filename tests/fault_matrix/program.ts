/**
 * Calls the brokers on its standard input, on whichever runtime it is, and prints what became of each call. It
 * closes no connection: neither that nor what servers still owe it may keep it from ending.
 *
 * @module
 */

import process from "node:process";
import { text } from "node:stream/consumers";
import { SessionManagerClient, SessionManagerError } from "../../mod.ts";
import { createTlsFetch } from "../../src/tls.ts";
import { REASON, type Target } from "./cells.ts";

/** A call to make. */
export interface CellCall {
  readonly target: Target;
  readonly brokerUrl: string;
  readonly credentials: { clientId: string; clientSecret: string };
  /** Tokens that are at hand; without them the client asks for one, over the connection of the call. */
  readonly tokens?: readonly string[];
  /** Milliseconds for an attempt. */
  readonly timeout: number;
  readonly serverId: string;
  readonly sessionId: string;
}

/** What the program is told. */
export interface MatrixInput {
  /** What `createTlsFetch()` is to trust; without it the global `fetch` is used. */
  readonly ca?: string;
  /** Whether the call is to find a connection that was used before. */
  readonly kept: boolean;
  /** How many calls are made at once. */
  readonly atOnce: number;
  readonly calls: readonly CellCall[];
}

const PATIENT = { timeout: 60_000 };
const OWNER = "ana";

const input: MatrixInput = JSON.parse(await text(process.stdin));
const results: string[] = [];
let next = 0;
await Promise.all(Array.from({ length: input.atOnce }, async () => {
  while (next < input.calls.length) {
    const index = next++;
    results[index] = await resultOf(input.calls[index]!);
  }
}));
process.stdout.write(JSON.stringify(results));

async function resultOf(cell: CellCall): Promise<string> {
  const { brokerUrl, target } = cell;
  const tokens = [...cell.tokens ?? []];
  const client = new SessionManagerClient({
    brokerUrl,
    credentials: cell.tokens ? () => ({ accessToken: tokens.shift()! }) : cell.credentials,
    fetch: input.ca === undefined ? undefined : createTlsFetch({ ca: input.ca }),
    retry: { baseDelay: 1 },
    timeout: cell.timeout,
  });
  if (input.kept && target === "token") await client.health(PATIENT);
  else if (input.kept) await client.describeServers({}, PATIENT);
  try {
    const answer = await call(client, cell) as { UnsuccessfulList?: { FailureReason?: string }[] } | void;
    return answer?.UnsuccessfulList?.some(isInjected) ? "failed item" : "answer";
  } catch (error) {
    return error instanceof SessionManagerError ? error.code : `${error}`;
  }
}

function isInjected({ FailureReason }: { FailureReason?: string }): boolean {
  return FailureReason === REASON;
}

function call(client: SessionManagerClient, cell: CellCall): Promise<unknown> {
  const { target, serverId: ServerId, sessionId: SessionId } = cell;
  switch (target) {
    case "createSessions":
      return client.createSessions([{ Name: "new", Owner: OWNER, Type: "VIRTUAL" }]);
    case "deleteSessions":
      return client.deleteSessions([{ SessionId, Owner: OWNER }]);
    case "updateSessionPermissions":
      return client.updateSessionPermissions([{
        SessionId,
        Owner: OWNER,
        PermissionsFile: btoa("[groups]"),
      }]);
    case "getSessionScreenshots":
      return client.getSessionScreenshots([{ SessionId }]);
    case "openServers":
      return client.openServers([{ ServerId }]);
    case "closeServers":
      return client.closeServers([{ ServerId }]);
    case "getSessionConnectionData":
      return client.getSessionConnectionData(SessionId, OWNER);
    case "describeServers":
      return client.describeServers();
    case "health":
      return client.health();
    case "describeSessions":
    case "token":
      return client.describeSessions();
  }
}

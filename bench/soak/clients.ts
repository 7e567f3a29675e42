/**
 * The twenty clients of a soak, as one program: each creates, looks at, shares and deletes sessions of its own until it
 * is told to stop by the end of the standard input. Then it prints its ledger.
 *
 * @module
 */

import { type Session, SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import type { Ledger } from "./ledger.ts";

const CLIENTS = 20;
/** How many sessions of each client live on, to be found again at the end. */
const MOST_KEPT = 5;
/** Longest wait for a session. */
const MOST_WAITED_MS = 5_000;
/** Short, so that a request without an answer does not hold up a client for long. */
const TIMEOUT_MS = 2_000;
const PERMISSIONS = btoa("[permissions]\n%owner% allow builtin\n");

const [brokerUrl, caFile, clientId, clientSecret] = Deno.args as [string, string, string, string];
const ledger: Ledger = { lives: {}, durations: {}, failures: {} };
const stop = new AbortController();
const fetch = createTlsFetch({ ca: await Deno.readTextFile(caFile) });

void Deno.stdin.readable.pipeTo(new WritableStream()).finally(() => stop.abort());
await Promise.all(Array.from({ length: CLIENTS }, (_, index) => live(`owner-${index}`)));
console.log(JSON.stringify(ledger));
fetch.close();
Deno.exit(0);

async function live(owner: string): Promise<void> {
  const client = new SessionManagerClient({
    brokerUrl,
    credentials: { clientId, clientSecret },
    fetch,
    timeout: TIMEOUT_MS,
  });
  const kept: string[] = [];
  for (let round = 0; !stop.signal.aborted; round++) {
    const name = `${owner}-${round}`;
    if (await use(client, owner, name)) kept.push(name);
    if (kept.length > MOST_KEPT) await end(client, kept.shift()!);
    await pause(50 + Math.random() * 100);
  }
}

/** Creates a session and does with it what there is to do; whether the broker has said that it creates it. */
async function use(client: SessionManagerClient, owner: string, name: string): Promise<boolean> {
  const life: Ledger["lives"][string] = ledger.lives[name] = { owner };
  const created = await timed(
    "createSessions",
    () => client.createSessions([{ Name: name, Owner: owner, Type: "VIRTUAL" }]),
  );
  for (const { FailureReason } of created?.UnsuccessfulList ?? []) count(`createSessions: ${FailureReason}`);
  const SessionId = created?.SuccessfulList?.[0]?.Id;
  if (SessionId === undefined) return false;
  life.id = SessionId;
  const id = SessionId;
  const ready = await timed(
    "waitForSession",
    () => client.waitForSession(id, { timeout: MOST_WAITED_MS }),
  );
  life.ready = ready?.State === "READY";
  await timed("describeSessions", () => client.describeSessions({ SessionIds: [id] }));
  await timed("listSessions", () => Array.fromAsync<Session>(client.listSessions({ owner })));
  await timed("describeServers", () => client.describeServers());
  await timed(
    "updateSessionPermissions",
    () => client.updateSessionPermissions([{ SessionId, Owner: owner, PermissionsFile: PERMISSIONS }]),
  );
  await timed("getSessionConnectionData", () => client.getSessionConnectionData(id, owner));
  await timed("getSessionScreenshots", () => client.getSessionScreenshots([{ SessionId }]));
  return true;
}

async function end(client: SessionManagerClient, name: string): Promise<void> {
  const { owner, id } = ledger.lives[name]!;
  const answer = await timed(
    "deleteSessions",
    () => client.deleteSessions([{ SessionId: id!, Owner: owner }]),
  );
  ledger.lives[name]!.deleted = answer?.SuccessfulList?.some(({ SessionId }) => SessionId === id) ?? false;
}

async function timed<T>(operation: string, call: () => Promise<T>): Promise<T | undefined> {
  const start = performance.now();
  try {
    const answer = await call();
    (ledger.durations[operation] ??= []).push(performance.now() - start);
    return answer;
  } catch (error) {
    if (!(error instanceof SessionManagerError)) throw error;
    const key = error.brokerMessage === undefined ? error.code : `${error.code}: ${error.brokerMessage}`;
    count(`${operation}: ${key}`);
    return undefined;
  }
}

function count(failure: string): void {
  const key = failure.slice(0, 90);
  ledger.failures[key] = (ledger.failures[key] ?? 0) + 1;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

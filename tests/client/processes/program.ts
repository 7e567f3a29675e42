/**
 * Calls a server that owes it much, on whichever runtime it is, and prints what became of the calls. It closes
 * nothing: what the server still owes must not keep the process from ending.
 *
 * @module
 */

import process from "node:process";
import { type ClientOptions, SessionManagerClient, SessionManagerError } from "../../../mod.ts";
import { createTlsFetch } from "../../../src/tls.ts";

/** Where the server is; with the authority to trust if it speaks TLS. */
export interface ProgramInput {
  readonly url: string;
  readonly ca?: string;
}

const { url, ca }: ProgramInput = JSON.parse(process.argv[2]!);
const fetch = ca === undefined ? undefined : createTlsFetch({ ca });
/** Longer than anybody waits for the process. */
const TEN_MINUTES = 600_000;
const credentials = { clientId: "an-id", clientSecret: "a-secret" };

const outcomes = {
  "well": await outcomeOf(clientOf("well").describeSessions()),
  "silent": await outcomeOf(clientOf("silent", { timeout: 500 }).describeSessions()),
  "stops in the answer": await outcomeOf(clientOf("stops", { timeout: 500 }).describeSessions()),
  "endless": await outcomeOf(clientOf("endless", { maxAnswerSize: 100_000 }).describeSessions()),
  "silent token endpoint, call given up": await outcomeOf(givenUp()),
  "one signal for many calls": await outcomeOf(manyCalls()),
  "silent token endpoint, next token": await outcomeOf(beforeTheNextToken()),
};
console.log(JSON.stringify(outcomes));

function clientOf(path: string, options: Partial<ClientOptions> = {}): SessionManagerClient {
  return new SessionManagerClient({
    brokerUrl: `${url}/${path}`,
    fetch,
    retry: false,
    timeout: TEN_MINUTES,
    ...options,
  });
}

async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "answer";
  } catch (error) {
    return error instanceof SessionManagerError ? error.code : `${error}`;
  }
}

async function givenUp(): Promise<void> {
  const controller = new AbortController();
  const call = clientOf("silent", { credentials }).describeSessions({}, { signal: controller.signal });
  setTimeout(() => controller.abort("given up"), 100);
  await call;
}

/** From the eleventh listener on a signal on, Node warns of a leak. */
async function manyCalls(): Promise<void> {
  const { signal } = new AbortController();
  const client = clientOf("well");
  await Promise.all(Array.from({ length: 30 }, () => client.describeSessions({}, { signal })));
}

/** The second call has a token; that the client asks for the next one, nobody waits for. */
async function beforeTheNextToken(): Promise<void> {
  const client = clientOf(`one-token/${process.pid}`, { credentials });
  await client.describeSessions();
  const { now } = Date;
  Date.now = () => now() + 3_550_000;
  await client.describeSessions();
}

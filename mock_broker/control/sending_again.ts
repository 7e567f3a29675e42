/**
 * Sending a request of the journal again.
 *
 * @module
 */

import { check } from "../description/check.ts";
import { wholeNumber } from "../description/rules.ts";
import type { ConnectorName, JournalEntry } from "../journal/entry.ts";
import type { HarEntry } from "../journal/har.ts";
import type { Journal } from "../journal/journal.ts";
import { lostBody, SENT_AGAIN } from "../journal/sent_again.ts";
import type { World } from "../simulation/world.ts";
import { NotFoundError } from "./not_found_error.ts";

/** What a request is sent again with. */
export interface Sender {
  readonly journal: Journal;
  readonly world: World;
  /** Where the connectors are; requests of desktops cannot be sent again. */
  readonly urls: Readonly<Partial<Record<ConnectorName, string>>>;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** How long an answer is waited for, in milliseconds: it may be held up until time passes, or for ever. */
const MOST_WAIT_MS = 2_000;

/**
 * Sends a request again, and waits for its answer.
 *
 * @throws {TypeError} If the journal has no such request, or not all that it takes.
 */
export async function sendAgain(id: number, sender: Sender): Promise<JournalEntry | undefined> {
  check("sendAgain()", wholeNumber(0), id);
  const { journal } = sender;
  const request = requestAgain(id, sender);
  let tell!: (answer: JournalEntry | undefined) => void;
  const answer = new Promise<JournalEntry | undefined>((resolve) => tell = resolve);
  const stop = journal.subscribe((entry) => {
    if (entry.headers[SENT_AGAIN] === String(id)) tell(entry);
  });
  const timer = setTimeout(tell, MOST_WAIT_MS, undefined);
  // Whether it is answered or the connection breaks: the journal has it.
  sender.fetch(request).then((response) => response.body?.cancel(), () => {});
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    stop();
  }
}

function requestAgain(id: number, { journal, world, urls }: Sender): Request {
  const place = { since: Math.max(0, id - 1), before: id + 1 };
  const [entry] = journal.entries(place);
  if (!entry) throw new NotFoundError(`The journal has no entry ${id}, or not any more`);
  const [archived] = journal.toHar(place).log.entries;
  const url = urls[entry.connector];
  if (!archived || url === undefined) throw refusal(id, "it is no request to a connector of the broker");
  if (lostBody(entry)) {
    throw refusal(id, "its body is not in the journal, because the broker did not read it");
  }
  const target = entry.path + new URL(archived.request.url).search;
  const body = archived.request.postData?.text;
  if (entry.operation === "validateAuthenticationToken" || `${target}${body}`.includes("(hidden)")) {
    throw refusal(id, "it held a secret, which is not in the journal");
  }
  const headers = headersAgain(entry, archived);
  const authorization = authorizationAgain(entry, world);
  if (authorization !== undefined) headers.set("Authorization", authorization);
  const isForm = entry.operation === "token" && entry.query.grant_type === undefined;
  const sent = isForm ? "grant_type=client_credentials" : body;
  try {
    return new Request(url + target, { method: entry.method, headers, ...(sent && { body: sent }) });
  } catch (error) {
    throw refusal(id, (error as Error).message);
  }
}

/** Of the headers those that a program may set, and that are no secrets. */
function headersAgain({ id }: JournalEntry, { request }: HarEntry): Headers {
  const headers = new Headers();
  for (const { name, value } of request.headers) {
    if (!NOT_SENT.test(name) && !value.includes("(hidden)")) headers.append(name, value);
  }
  headers.set(SENT_AGAIN, String(id));
  return headers;
}

/** Headers that say how a request is sent, not what it says. */
const NOT_SENT = /^(host|connection|keep-alive|content-length|transfer-encoding|expect|te|upgrade)$/i;

/** Another access token of the same client, or its id and secret; what was refused then is refused again. */
function authorizationAgain(entry: JournalEntry, { apiClients, properties }: World): string | undefined {
  const { id, headers, clientId, status } = entry;
  const scheme = /^\w+(?= )/.exec(headers.authorization ?? "")?.[0]?.toLowerCase();
  if (scheme === undefined) return undefined;
  const client = apiClients.all.find((client) => client.clientId === clientId);
  if (scheme === "bearer" && client) return `Bearer ${apiClients.issueToken(client.clientId)}`;
  if (scheme === "basic" && client && status !== 401) {
    return `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}`;
  }
  if (status === 401 || !properties["enable-authorization"]) return `${scheme} unknown`;
  throw refusal(id, "it held an authorization of another authorization server, or of a client that is gone");
}

function refusal(id: number, reason: string): TypeError {
  return new TypeError(`Request ${id} cannot be sent again: ${reason}`);
}

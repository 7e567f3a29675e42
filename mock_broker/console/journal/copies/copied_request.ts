/**
 * A request of the journal as it can be sent once more: what matters of it, and no secret.
 *
 * @module
 */

import type { ConnectorName, JournalEntry } from "../../../journal/entry.ts";
import type { Har, HarEntry } from "../../../journal/har.ts";
import { lostBody } from "../../../journal/sent_again.ts";
import type { OperationName } from "../../../simulation/fault_rule.ts";

/** What a copy is made of. */
export interface CopiedRequest {
  readonly connector: ConnectorName;
  readonly operation: OperationName | undefined;
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** Those that say something about the request; none that a program sets by itself, and no authorization. */
  readonly headers: readonly CopiedHeader[];
  /** What it authenticates with: an access token, or id and secret of an API client. */
  readonly authorization: "bearer" | "basic" | undefined;
  readonly body: string | undefined;
  /** What the copy lacks, in sentences. */
  readonly notes: readonly string[];
}

/** A header, whose value the reader has to give where the journal has none. */
export interface CopiedHeader {
  readonly name: string;
  readonly value: string;
  /** The environment variable that holds the value, where it is a secret. */
  readonly variable: string | undefined;
}

/** How the journal shows a secret. */
const HIDDEN = "(hidden)";

/** Headers that belong to a connection or a program, not to what is asked. */
const SET_BY_PROGRAMS =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|accept-language|user-agent|keep-alive|te|expect|upgrade.*|sec-.*|cookie|cache-control|pragma|priority|proxy-.*|mock-.*)$/;

/** What a copy of an entry is made of; `undefined` where there was no request. */
export function copiedRequest(entry: JournalEntry, { log }: Har): CopiedRequest | undefined {
  const [archived] = log.entries;
  if (!archived) return undefined;
  const { connector, operation, method, path, headers } = entry;
  const body = bodyOf(entry, archived);
  const target = path + new URL(archived.request.url).search;
  return {
    connector,
    operation,
    method,
    target,
    headers: archived.request.headers.flatMap(copiedHeader),
    authorization: authorizationOf(headers.authorization),
    body,
    notes: notesOn(entry, target, body),
  };
}

/** The body of a request for a token is not kept; there is only one that gets one. */
function bodyOf({ operation, query }: JournalEntry, { request }: HarEntry): string | undefined {
  if (operation === "token" && query.grant_type === undefined) return "grant_type=client_credentials";
  return request.postData?.text || undefined;
}

function copiedHeader({ name, value }: { name: string; value: string }): CopiedHeader[] {
  const key = name.toLowerCase();
  if (key === "authorization" || SET_BY_PROGRAMS.test(key) || (key === "accept" && value === "*/*")) {
    return [];
  }
  const variable = value === HIDDEN ? name.toUpperCase().replace(/[^A-Z0-9]/g, "_") : undefined;
  return [{ name, value, variable }];
}

function authorizationOf(header: string | undefined): CopiedRequest["authorization"] {
  const scheme = /^(bearer|basic) /i.exec(header ?? "")?.[1]?.toLowerCase();
  return scheme as CopiedRequest["authorization"];
}

function notesOn(entry: JournalEntry, target: string, body: string | undefined): string[] {
  const { headers, operation } = entry;
  const isOtherScheme = headers.authorization !== undefined &&
    authorizationOf(headers.authorization) === undefined;
  const notes = [
    lostBody(entry) &&
    "It had a body, which the broker did not read: it is not in the journal.",
    operation === "validateAuthenticationToken" &&
    "Its authenticationToken is a secret: it is not in the journal.",
    isOtherScheme && `Its Authorization header is not in the journal: ${headers.authorization}`,
    `${target}${body ?? ""}`.includes(HIDDEN) && `Where it says ${HIDDEN} a secret stood.`,
  ];
  return notes.filter((note) => note !== false);
}

/** The environment variable with the URL of a connector. */
export function urlVariable(connector: ConnectorName): string {
  return connector === "client" ? "DCV_SM_BROKER_URL" : `DCV_SM_${connector.toUpperCase()}_URL`;
}

/** The variables with the credentials of an API client. */
export const CLIENT_ID = "DCV_SM_CLIENT_ID";
export const CLIENT_SECRET = "DCV_SM_CLIENT_PASSWORD";
/** The variable with the path of the file of the broker's authority, where it has one of its own. */
export const CA_FILE = "DCV_SM_CA_FILE";

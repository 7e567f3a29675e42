/**
 * Secrets of API clients that stand where they do not belong: in the field for the id, in a path, in a session's name.
 *
 * @module
 */

import type { RecordedExchange } from "./entry.ts";

/** Shorter texts may well be words that mean something else. */
const LEAST_LENGTH = 8;

const MASK = "(hidden)";

/** An exchange in which no secret stands, whatever field a caller has put it into. */
export function maskSecrets(exchange: RecordedExchange, secrets: readonly string[]): RecordedExchange {
  const { path, sent, clientId, requestText, responseText } = exchange;
  const isRaw = !(sent.headers instanceof Headers);
  const headers = isRaw ? sent.headers as readonly string[] : [...sent.headers as Headers].flat();
  const texts = [path, sent.url, sent.target, clientId, requestText, responseText, ...headers];
  const found = secrets.filter((secret) => secret.length >= LEAST_LENGTH).flatMap(spellingsOf)
    .filter((spelling) => texts.some((text) => text?.includes(spelling)));
  if (found.length === 0) return exchange;
  const mask = <T extends string | undefined>(text: T): T =>
    found.reduce<string | undefined>((masked, spelling) => masked?.replaceAll(spelling, MASK), text) as T;
  return {
    ...exchange,
    path: mask(path),
    clientId: mask(clientId),
    requestText: mask(requestText),
    responseText: mask(responseText),
    sent: {
      ...sent,
      url: mask(sent.url),
      target: mask(sent.target),
      headers: isRaw ? headers.map(mask) : maskedHeaders(sent.headers as Headers, mask),
    },
  };
}

/** As it is, in a URL, in a form and in JSON; longer spellings first, which may hold shorter ones. */
function spellingsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const spellings = [secret, encoded, encoded.replaceAll("%20", "+"), JSON.stringify(secret).slice(1, -1)];
  return [...new Set(spellings)].sort((one, other) => other.length - one.length);
}

function maskedHeaders(headers: Headers, mask: (text: string) => string): Headers {
  return new Headers([...headers].map(([name, value]) => [name, mask(value)] as [string, string]));
}

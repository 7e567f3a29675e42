/**
 * Calls the client, a `fetch` by hand and openapi-fetch in turn, over a `fetch` that has the answer ready, and prints
 * the times of each round. It reads the answer from its standard input.
 *
 * @module
 */

import process from "node:process";
import { text } from "node:stream/consumers";
import createClient from "openapi-fetch";
import { type Fetch, SessionManagerClient } from "../mod.ts";
import { timesOfRounds } from "./report.ts";

const BROKER_URL = "https://broker:8443";
const TOKEN = "an-access-token";
const JSON_TYPE = { "Content-Type": "application/json" };

/** What openapi-fetch is told about the API. */
interface Paths {
  "/describeSessions": {
    post: {
      requestBody: { content: { "application/json": object } };
      responses: {
        200: { content: { "application/json": { Sessions: object[] } } };
      };
    };
  };
}

const page = new TextEncoder().encode(await text(process.stdin));
const token = { access_token: TOKEN, token_type: "bearer", expires_in: 3600 };
const withLength = stub({ ...JSON_TYPE, "Content-Length": `${page.length}` });
const withoutLength = stub(JSON_TYPE);
const openapi = createClient<Paths>({
  baseUrl: BROKER_URL,
  headers: { Authorization: `Bearer ${TOKEN}` },
  fetch: withLength,
});

const calls = [
  byHand(withLength),
  byClient(withLength),
  () => openapi.POST("/describeSessions", { body: {} }),
  byHand(withoutLength),
  byClient(withoutLength),
];
console.log(
  JSON.stringify(await timesOfRounds(calls, { rounds: 41, perRound: 500 })),
);

/** A `fetch` that answers at once. */
function stub(headers: Record<string, string>): typeof fetch {
  return (input) => {
    const asksForToken = typeof input === "string" &&
      input.includes("/oauth2/token");
    const answer = asksForToken ? Response.json(token) : new Response(page, { headers });
    return Promise.resolve(answer);
  };
}

function byClient(fetch: Fetch): () => Promise<unknown> {
  const credentials = { clientId: "an id", clientSecret: "a secret" };
  const client = new SessionManagerClient({
    brokerUrl: BROKER_URL,
    credentials,
    fetch,
  });
  return () => client.describeSessions({});
}

/** What a program does that has no client, but has a token. */
function byHand(fetch: Fetch): () => Promise<unknown> {
  return async () => {
    const response = await (fetch as typeof globalThis.fetch)(
      `${BROKER_URL}/describeSessions`,
      {
        method: "POST",
        headers: { ...JSON_TYPE, Authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({}),
      },
    );
    return await response.json();
  };
}

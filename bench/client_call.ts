/**
 * What the client adds to a call: `describeSessions` with 20 sessions in the answer, over a `fetch` that has it at hand,
 * against the same request made by hand and by openapi-fetch.
 *
 * @module
 */

import createClient from "openapi-fetch";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { report, timesOfCalls } from "./report.ts";

const BROKER_URL = "https://broker:8443";
const TOKEN = "an-access-token";
const JSON_TYPE = { "Content-Type": "application/json" };

/** What openapi-fetch is told about the API. */
interface Paths {
  "/describeSessions": {
    post: {
      requestBody: { content: { "application/json": object } };
      responses: { 200: { content: { "application/json": { Sessions: object[] } } } };
    };
  };
}

const page = await pageOfSessions();
const token = JSON.stringify({ access_token: TOKEN, token_type: "bearer", expires_in: 3600 });
const client = new SessionManagerClient({
  brokerUrl: BROKER_URL,
  credentials: { clientId: "an id", clientSecret: "a secret" },
  fetch: stub,
});
const openapi = createClient<Paths>({
  baseUrl: BROKER_URL,
  headers: { Authorization: `Bearer ${TOKEN}` },
  fetch: stub,
});

const calls = [
  byHand,
  () => client.describeSessions({}),
  () => openapi.POST("/describeSessions", { body: {} }),
];
const [bare, ours, generated] = await timesOfCalls(calls, { rounds: 41, perRound: 1_000 });
const kept = report([
  { what: "fetch and json() by hand", value: bare! * 1000, unit: "µs" },
  { what: "dcvkit", value: ours! * 1000, unit: "µs" },
  { what: "openapi-fetch", value: generated! * 1000, unit: "µs" },
  { what: "dcvkit to by hand", value: ours! / bare!, unit: "times", atMost: 1.25 },
  { what: "dcvkit to openapi-fetch", value: ours! / generated!, unit: "times", atMost: 1 },
]);
if (!kept) Deno.exit(1);

/** A `fetch` that answers at once. */
function stub(input: string | Request, _init?: RequestInit): Promise<Response> {
  const asksForToken = typeof input === "string" && input.includes("/oauth2/token");
  return Promise.resolve(new Response(asksForToken ? token : page, { headers: JSON_TYPE }));
}

/** What a program does that has no client, but has a token. */
async function byHand(): Promise<unknown> {
  const response = await stub(`${BROKER_URL}/describeSessions`, {
    method: "POST",
    headers: { ...JSON_TYPE, Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({}),
  });
  return await response.json();
}

/** An answer with 20 sessions, as the mock broker gives it. */
async function pageOfSessions(): Promise<Uint8Array<ArrayBuffer>> {
  const { url, credentials, fetch } = new MockBroker({
    seed: 1,
    servers: [{ maxVirtualSessions: 20 }],
    sessions: Array.from({ length: 20 }, (_, index) => ({ id: `session-${index}`, owner: `user-${index}` })),
  });
  const answer = await new SessionManagerClient({ brokerUrl: url, credentials, fetch }).describeSessions();
  return new TextEncoder().encode(JSON.stringify(answer));
}

/**
 * The servers that the benchmarks put under load, each as a process of its own:
 *
 * - `mock`: the mock broker as it is, with 20 sessions, authorization and journal;
 * - `bare`: a Hono app that does nothing but answer the bytes on its standard input, on the same server as the mock;
 * - `bare-deno`: the same app on `Deno.serve`, for orientation.
 *
 * Each prints one line of JSON when it listens.
 *
 * @module
 */

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { MockBroker } from "@dcvkit/mock-broker";

/** What a server says of itself. */
export interface Listening {
  readonly port: number;
  /** The value of the header `Authorization` with which calls are answered. */
  readonly authorization?: string;
}

/** How many sessions a page has. */
const PAGE = 20;

if (import.meta.main) {
  const [name] = Deno.args;
  if (name === "mock") await serveMock();
  else await serveBare(name === "bare-deno");
}

async function serveMock(): Promise<void> {
  const broker = new MockBroker({
    properties: { "max-api-requests-per-second": 1_000_000 },
    servers: Array.from({ length: 4 }, () => ({ maxVirtualSessions: PAGE })),
    sessions: Array.from({ length: PAGE }, (_, i) => ({ owner: `owner-${i}`, name: "desktop" })),
  });
  const { port } = new URL((await broker.listen({ port: 0, tls: false })).url);
  const { clientId, clientSecret } = broker.credentials;
  const answer = await broker.fetch(`${broker.url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  listens({ port: Number(port), authorization: `Bearer ${(await answer.json()).access_token}` });
}

async function serveBare(onDeno: boolean): Promise<void> {
  const bytes = await new Response(Deno.stdin.readable).text();
  const app = new Hono();
  app.post("/describeSessions", (c) => c.body(bytes, 200, { "Content-Type": "application/json" }));
  const options = { fetch: app.fetch, hostname: "127.0.0.1", port: 0, overrideGlobalObjects: false };
  if (onDeno) Deno.serve({ ...options, onListen: listens }, app.fetch);
  else serve(options, listens);
}

function listens({ port, authorization }: Listening): void {
  console.log(JSON.stringify({ port, authorization }));
}

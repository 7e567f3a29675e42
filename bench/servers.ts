/**
 * The servers that are put under load, on each runtime, by the name in the first argument:
 *
 * - `mock`: the mock broker as it is, with 20 sessions, authorization and journal;
 * - `bare`: a Hono app that does nothing but answer the bytes on its standard input, on the same server as the mock;
 * - `bare-fastest`: the same app on the runtime's own server, `Deno.serve` or `Bun.serve`.
 *
 * Each prints one line of JSON when it listens.
 *
 * @module
 */

import process from "node:process";
import { text } from "node:stream/consumers";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { MockBroker } from "@dcvkit/mock-broker";

/** How many sessions a page has. */
const PAGE = 20;

/** The part of Bun that is used here. */
interface Bun {
  serve(options: { hostname: string; port: number; fetch(request: Request): Response | Promise<Response> }): {
    port: number;
  };
}

const [name] = process.argv.slice(2);
if (name === "mock") await serveMock();
else await serveBare(name === "bare-fastest");

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
  listens(Number(port), `Bearer ${(await answer.json()).access_token}`);
}

async function serveBare(onItsOwnServer: boolean): Promise<void> {
  const bytes = await text(process.stdin);
  const app = new Hono();
  app.post("/describeSessions", (c) => c.body(bytes, 200, { "Content-Type": "application/json" }));
  const where = { hostname: "127.0.0.1", port: 0 };
  const { Bun: bun } = globalThis as unknown as { Bun?: Bun };
  if (!onItsOwnServer) {
    serve({ ...where, fetch: app.fetch, overrideGlobalObjects: false }, ({ port }) => listens(port));
  } else if (bun) listens(bun.serve({ ...where, fetch: (request) => app.fetch(request) }).port);
  else Deno.serve({ ...where, onListen: ({ port }) => listens(port) }, app.fetch);
}

function listens(port: number, authorization?: string): void {
  console.log(JSON.stringify({ port, authorization }));
}

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import { request } from "node:http";
import { createBroker, send } from "./call.ts";

/** Asks over a socket; the status. */
function ask(
  url: string,
  headers: Record<string, string> = {},
  { method = "GET", body = "" } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers: { Host: "localhost", ...headers }, agent: false },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode!));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function basicOf({ credentials: { clientId, clientSecret } }: MockBroker): Record<string, string> {
  return { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
}

const TOKEN_PATH = "/oauth2/token?grant_type=client_credentials";

/** How pictures on a page of another site are asked for. */
const PICTURE = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" };

Deno.test("a web page of another site cannot use up the worlds", async () => {
  const broker = createBroker({ worlds: true });
  await using server = await broker.listen({ port: 0, tls: false });
  for (let i = 0; i < 100; i++) assertEquals(await ask(`${server.url}/worlds/s${i}/health`, PICTURE), 404);
  assertEquals(await ask(`${server.url}/worlds/s1/_mock/console`, PICTURE), 404);
  assertEquals(broker.worlds.list(), []);
});

Deno.test("a world is made by the program, by whoever may control the broker, and by its API clients", async () => {
  const broker = createBroker({ worlds: true });
  await using server = await broker.listen({ port: 0, tls: false });
  assertEquals((await send(broker, "GET", "/worlds/in-process/health")).status, 200);
  assertEquals(await ask(`${server.url}/worlds/local/health`), 200);
  const forwarded = { "X-Forwarded-For": "203.0.113.7" };
  assertEquals(await ask(`${server.url}/worlds/stranger/health`, forwarded), 404);
  const wrong = { ...forwarded, Authorization: `Basic ${btoa("portal:wrong")}` };
  assertEquals(await ask(`${server.url}/worlds/stranger${TOKEN_PATH}`, wrong, { method: "POST" }), 404);
  const client = { ...forwarded, ...basicOf(broker) };
  assertEquals(await ask(`${server.url}/worlds/client${TOKEN_PATH}`, client, { method: "POST" }), 200);
  assertEquals(await ask(`${server.url}/worlds/client/health`, forwarded), 200);
  assertEquals(broker.worlds.list(), ["in-process", "local", "client"]);
});

Deno.test("where nobody has to show credentials, strangers make no worlds all the same", async () => {
  const broker = createBroker({ worlds: true, properties: { "enable-authorization": false } });
  await using server = await broker.listen({ port: 0, tls: false });
  assertEquals(await ask(`${server.url}/worlds/w/health`, PICTURE), 404);
  assertEquals(await ask(`${server.url}/worlds/w/health`), 200);
});

/** All that a broker shows of what came: the journal, its archive, and what its page gets. */
async function shownBy(broker: MockBroker): Promise<string> {
  const events: unknown[] = [];
  for (const entry of broker.journal.entries()) events.push(entry);
  const shown = [JSON.stringify(events), JSON.stringify(broker.journal.toHar())];
  for (const path of ["/_mock/journal", "/_mock/journal.har", "/_mock/console"]) {
    shown.push(JSON.stringify((await send(broker, "GET", path)).body));
  }
  return shown.join("\n");
}

/** A secret with characters that each encoding writes in its own way. */
const SECRET = 'c2VjcmV0+/="of the portal"';

Deno.test("a secret that was typed into the wrong field is shown nowhere", async () => {
  const options: MockBrokerOptions = { clients: [{ clientId: "portal", clientSecret: SECRET }] };
  const broker = createBroker(options);
  const told: string[] = [];
  broker.journal.subscribe((entry) => told.push(JSON.stringify(entry)));
  const swapped = { Authorization: `Basic ${btoa(`${SECRET}:portal`)}` };
  await send(broker, "POST", TOKEN_PATH, { headers: swapped });
  broker.faults.add({ operation: "token", times: 1, fault: { type: "status", status: 503 } });
  await send(broker, "POST", TOKEN_PATH, { headers: swapped });
  const encoded = encodeURIComponent(SECRET);
  await send(broker, "POST", `/oauth2/token?client_id=${encoded}`);
  await send(broker, "GET", `/sessionConnectionData/${encoded}/ana`);
  await send(broker, "GET", "/health", { headers: { "X-Portal": SECRET } });
  const { body } = await send(broker, "POST", TOKEN_PATH, {
    headers: { Authorization: `Basic ${btoa(`portal:${SECRET}`)}` },
  });
  const answer = await send(broker, "POST", "/createSessions", {
    headers: { Authorization: `Bearer ${body.access_token}` },
    body: JSON.stringify([{ Name: SECRET, Owner: "ana", Type: "VIRTUAL" }]),
  });
  assertEquals(answer.status, 200);
  const shown = `${await shownBy(broker)}${told.join("\n")}`;
  const spellings = [
    SECRET,
    encoded,
    JSON.stringify(SECRET).slice(1, -1),
    JSON.stringify(JSON.stringify(SECRET)).slice(3, -3),
  ];
  for (const spelling of spellings) assert(!shown.includes(spelling), spelling);
  assertStringIncludes(shown, '"clientId":"portal"');
});

Deno.test("an id that nobody has registered is not written down", async () => {
  const broker = createBroker();
  await send(broker, "POST", TOKEN_PATH, {
    headers: { Authorization: `Basic ${btoa("somebody:something")}` },
  });
  assertEquals(broker.journal.entries().map(({ status, clientId }) => [status, clientId]), [[
    401,
    undefined,
  ]]);
});

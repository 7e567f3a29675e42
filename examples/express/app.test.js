import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, beforeEach, test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createApp } from "./app.js";

// The broker needs no socket; the back end has one, as Express wants.
const broker = new MockBroker({ clock: "manual" });
const client = new SessionManagerClient({
  brokerUrl: broker.url,
  credentials: broker.credentials,
  fetch: broker.fetch,
  retry: false,
});
let server, url;

before(async () => {
  server = createApp(client).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${server.address().port}`;
});
beforeEach(() => broker.reset());
after(() => server.close());

const get = (user, path) => fetch(url + path, { headers: { "X-User": user } });
const post = (user, path, body = {}) =>
  fetch(url + path, {
    method: "POST",
    headers: { "X-User": user, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

test("Ana starts a desktop, sees it get ready, and is led to it", async () => {
  assert.equal((await post("ana", "/desktops", { name: "paper" })).status, 201);
  broker.advance(30_000);

  const [desktop] = await (await get("ana", "/desktops")).json();
  assert.deepEqual([desktop.Name, desktop.State], ["paper", "READY"]);

  const connection = await (await post("ana", `/desktops/${desktop.Id}/connections`)).json();
  assert.equal((await broker.fetch(connection.url)).status, 200);
});

test("Ben sees none of Ana's desktops", async () => {
  await post("ana", "/desktops", { name: "paper" });
  assert.deepEqual(await (await get("ben", "/desktops")).json(), []);
});

test("a broker that is down is a bad gateway", async () => {
  broker.faults.add({ operation: "describeSessions", fault: { type: "status", status: 500 } });
  assert.equal((await get("ana", "/desktops")).status, 502);
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createApp } from "./app.js";

// Neither the broker nor the back end opens a socket.
const broker = new MockBroker({ clock: "manual" });
const app = createApp(
  new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: broker.credentials,
    fetch: broker.fetch,
    retry: false,
  }),
);
const as = (user, init = {}) => ({
  ...init,
  headers: { "X-User": user, "Content-Type": "application/json" },
});
const post = (body = {}) => ({ method: "POST", body: JSON.stringify(body) });

beforeEach(() => broker.reset());

test("Ana starts a desktop, sees it get ready, and is led to it", async () => {
  const created = await app.request("/desktops", as("ana", post({ name: "paper" })));
  assert.equal(created.status, 201);
  broker.advance(30_000);

  const [desktop] = await (await app.request("/desktops", as("ana"))).json();
  assert.deepEqual([desktop.Name, desktop.State], ["paper", "READY"]);

  const connection = await app.request(`/desktops/${desktop.Id}/connections`, as("ana", post()));
  const { url } = await connection.json();
  const page = await broker.fetch(url);
  assert.equal(page.status, 200);
});

test("Ben sees none of Ana's desktops", async () => {
  await app.request("/desktops", as("ana", post({ name: "paper" })));
  assert.deepEqual(await (await app.request("/desktops", as("ben"))).json(), []);
});

test("a broker that is down is a bad gateway", async () => {
  broker.faults.add({ operation: "describeSessions", fault: { type: "status", status: 500 } });
  assert.equal((await app.request("/desktops", as("ana"))).status, 502);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { MockBroker } from "@dcvkit/mock-broker";
import {
  SessionManagerClient,
  SessionManagerError,
  type SessionManagerErrorCode,
} from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

async function failure(call: Promise<unknown>, code: SessionManagerErrorCode): Promise<SessionManagerError> {
  const error: unknown = await call.then(() => undefined, (error) => error);
  assert.ok(error instanceof SessionManagerError, `Expected a SessionManagerError: ${inspect(error)}`);
  assert.equal(error.code, code, error.message);
  return error;
}

test("wrong credentials fail with AUTHENTICATION_FAILED, without the secret in the error", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const credentials = { clientId: broker.credentials.clientId, clientSecret: "not the secret" };
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials, fetch });

  const error = await failure(client.describeSessions(), "AUTHENTICATION_FAILED");
  assert.equal(error.status, 401);
  assert.ok(!inspect(error).includes("not the secret"));
});

test("a client with credentials replaces an expired token and goes on", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const { url: brokerUrl, credentials, fetch } = broker;
  const client = new SessionManagerClient({ brokerUrl, credentials, fetch });
  await client.describeSessions();

  broker.advance(3_601_000);
  const { Sessions } = await client.describeSessions();
  assert.deepEqual(Sessions, []);
});

test("an expired token that the caller brought fails with UNAUTHORIZED and the broker's words", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const { clientId, clientSecret } = broker.credentials;
  const answer = await broker.fetch(`${broker.url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  const { access_token: accessToken } = await answer.json() as { access_token: string };
  const client = new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: { accessToken },
    fetch: broker.fetch,
  });
  await client.describeSessions();

  broker.advance(3_600_000);
  const error = await failure(client.describeSessions(), "UNAUTHORIZED");
  assert.equal(error.brokerMessage, "Expired token");
});

test("an authority that is not trusted fails with UNTRUSTED_CERTIFICATE, and the error says what to do", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  await using stranger = await broker.listen({ port: 0 });
  const { credentials } = broker;

  const plain = new SessionManagerClient({ brokerUrl: server.url, credentials });
  assert.match((await failure(plain.describeSessions(), "UNTRUSTED_CERTIFICATE")).message, /ca/);
  using fetch = createTlsFetch({ ca: stranger.ca! });
  const mistaken = new SessionManagerClient({ brokerUrl: server.url, credentials, fetch });
  await failure(mistaken.describeSessions(), "UNTRUSTED_CERTIFICATE");
});

test("a broker that does not listen fails with CONNECTION_REFUSED", async () => {
  const broker = new MockBroker();
  const server = await broker.listen({ port: 0, tls: false });
  await server.close();
  const client = new SessionManagerClient({
    brokerUrl: server.url,
    credentials: broker.credentials,
    retry: false,
  });

  const error = await failure(client.describeSessions(), "CONNECTION_REFUSED");
  assert.ok(error.message.includes(server.url), error.message);
});

test("an answer that is not JSON fails with INVALID_RESPONSE and the beginning of it", async () => {
  const page = "<html><body><h1>Service Temporarily Unavailable</h1></body></html>";
  const client = new SessionManagerClient({
    brokerUrl: "https://broker:8443",
    fetch: () => Promise.resolve(new Response(page, { headers: { "Content-Type": "text/html" } })),
  });

  const error = await failure(client.describeSessions(), "INVALID_RESPONSE");
  assert.match(error.message, /<html><body><h1>Service/);
});

test("an aborted call rejects with the caller's reason, and the next call works", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const controller = new AbortController();
  const reason = new Error("The user has left");

  const call = client.describeSessions({}, { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(call, reason);
  assert.deepEqual((await client.describeSessions()).Sessions, []);
});

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import {
  SessionManagerClient,
  SessionManagerError,
  type SessionManagerErrorCode,
} from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

async function assertFails(
  call: () => Promise<unknown>,
  code: SessionManagerErrorCode,
): Promise<SessionManagerError> {
  const error = await assertRejects(call, SessionManagerError);
  assertEquals(error.code, code, error.message);
  return error;
}

Deno.test("wrong credentials fail with AUTHENTICATION_FAILED, without the secret in the error", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const credentials = { clientId: broker.credentials.clientId, clientSecret: "not the secret" };
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials, fetch });

  const error = await assertFails(() => client.describeSessions(), "AUTHENTICATION_FAILED");
  assertEquals(error.status, 401);
  assert(!Deno.inspect(error).includes("not the secret"));
});

Deno.test("a client with credentials replaces an expired token and goes on", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const { url: brokerUrl, credentials, fetch } = broker;
  const client = new SessionManagerClient({ brokerUrl, credentials, fetch });
  await client.describeSessions();

  broker.advance(3_601_000);
  const { Sessions } = await client.describeSessions();
  assertEquals(Sessions, []);
});

Deno.test("an expired token that the caller brought fails with UNAUTHORIZED and the broker's words", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const { clientId, clientSecret } = broker.credentials;
  const answer = await broker.fetch(`${broker.url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  const { access_token: accessToken } = await answer.json();
  const client = new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: { accessToken },
    fetch: broker.fetch,
  });
  await client.describeSessions();

  broker.advance(3_600_000);
  const error = await assertFails(() => client.describeSessions(), "UNAUTHORIZED");
  assertEquals(error.brokerMessage, "Expired token");
});

Deno.test("an authority that is not trusted fails with UNTRUSTED_CERTIFICATE, and the error says what to do", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  await using stranger = await broker.listen({ port: 0 });
  const { credentials } = broker;

  const plain = new SessionManagerClient({ brokerUrl: server.url, credentials });
  assertStringIncludes(
    (await assertFails(() => plain.describeSessions(), "UNTRUSTED_CERTIFICATE")).message,
    "ca",
  );
  using fetch = createTlsFetch({ ca: stranger.ca! });
  const mistaken = new SessionManagerClient({ brokerUrl: server.url, credentials, fetch });
  await assertFails(() => mistaken.describeSessions(), "UNTRUSTED_CERTIFICATE");
});

Deno.test("a broker that does not listen fails with CONNECTION_REFUSED", async () => {
  const broker = new MockBroker();
  const server = await broker.listen({ port: 0, tls: false });
  await server.close();
  const options = { brokerUrl: server.url, credentials: broker.credentials, retry: false as const };

  const error = await assertFails(
    () => new SessionManagerClient(options).describeSessions(),
    "CONNECTION_REFUSED",
  );
  assertStringIncludes(error.message, server.url);
});

Deno.test("an answer that is not JSON fails with INVALID_RESPONSE and the beginning of it", async () => {
  const page = "<html><body><h1>Service Temporarily Unavailable</h1></body></html>";
  const client = new SessionManagerClient({
    brokerUrl: "https://broker:8443",
    fetch: () => Promise.resolve(new Response(page, { headers: { "Content-Type": "text/html" } })),
  });

  const error = await assertFails(() => client.describeSessions(), "INVALID_RESPONSE");
  assertStringIncludes(error.message, "<html><body><h1>Service");
});

Deno.test("an aborted call rejects with the caller's reason, and the next call works", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const controller = new AbortController();
  const reason = new Error("The user has left");

  const call = client.describeSessions({}, { signal: controller.signal });
  controller.abort(reason);
  assertEquals(await assertRejects(() => call), reason);
  assertEquals((await client.describeSessions()).Sessions, []);
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Server } from "node:http";
import { OAuth2Server } from "oauth2-mock-server";
import Provider from "oidc-provider";
import { type ClientOptions, type SessionManagerClient, SessionManagerError } from "../../mod.ts";
import { accessTokenProvider } from "../../src/authorization.ts";
import { StubBroker } from "./support/stub_broker.ts";

const SECRET = `p:%/+ &="a_b-c.d*e~f!g(h)`;
const NO_SESSIONS = () => Response.json({ Sessions: [] });

/** Reaches the authorization server over a socket, and a stub in place of the broker. */
function clientOf(options: Partial<ClientOptions>): SessionManagerClient {
  const broker = new StubBroker(NO_SESSIONS);
  const send = (url: string, init: RequestInit) =>
    url.startsWith("http://127.0.0.1") ? fetch(url, init) : broker.fetch(url, init as never);
  return broker.client({ retry: false, ...options, fetch: send as never });
}

/** oidc-provider is certified by the OpenID Foundation, and strict. */
async function withProvider(
  authentication: "client_secret_basic" | "client_secret_post",
  use: (tokenUrl: string, clientId: string) => Promise<void>,
): Promise<void> {
  const clientId = "api://a client";
  const provider = new Provider("http://127.0.0.1", {
    clients: [{
      client_id: clientId,
      client_secret: SECRET,
      grant_types: ["client_credentials"],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: authentication,
    }],
    scopes: ["sm_scope"],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  });
  const server: Server = provider.listen(0, "127.0.0.1");
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await use(`http://127.0.0.1:${port}/token`, clientId);
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}

const quiet = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "oidc-provider gives a token for client_secret_basic, whatever is in id and secret",
  quiet,
  async () => {
    await withProvider("client_secret_basic", async (tokenUrl, clientId) => {
      const credentials = { clientId, clientSecret: SECRET };
      assertEquals(await clientOf({ tokenUrl, credentials, scope: "sm_scope" }).listSessions().toArray(), []);
      const wrong = clientOf({ tokenUrl, credentials: { clientId, clientSecret: "wrong" } });
      const error = await assertRejects(
        () => wrong.describeSessions(),
        SessionManagerError,
        "invalid_client",
      );
      assertEquals(error.code, "AUTHENTICATION_FAILED");
    });
  },
);

Deno.test(
  "oidc-provider gives a token for client_secret_post, and none for a wrong secret",
  quiet,
  async () => {
    await withProvider("client_secret_post", async (tokenUrl, clientId) => {
      const credentials = { clientId, clientSecret: SECRET };
      const options = {
        brokerUrl: "https://broker",
        tokenUrl,
        credentials,
        scope: "sm_scope",
        retry: false as const,
      };
      const posting = accessTokenProvider({ ...options, clientAuthentication: "client_secret_post" });
      assertEquals(await clientOf({ credentials: posting }).listSessions().toArray(), []);
      const wrong = { ...options, credentials: { clientId, clientSecret: "wrong" } };
      const refused = accessTokenProvider({ ...wrong, clientAuthentication: "client_secret_post" });
      const call = clientOf({ credentials: refused }).describeSessions();
      await assertRejects(() => call, SessionManagerError, "invalid_client");
    });
  },
);

Deno.test("oauth2-mock-server gives a token, and sees each parameter once", quiet, async () => {
  const server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(0, "127.0.0.1");
  try {
    const seen: { body: Record<string, string>; url: string }[] = [];
    server.service.on("beforeResponse", (_response, { body, url }) => seen.push({ body, url }));
    const tokenUrl = `http://127.0.0.1:${server.address().port}/token?tenant=a`;
    const credentials = { clientId: "an id", clientSecret: SECRET };
    const options = { brokerUrl: "https://broker", tokenUrl, credentials, scope: "a b" };
    await clientOf(options).describeSessions();
    const posting = accessTokenProvider({ ...options, clientAuthentication: "client_secret_post" });
    await clientOf({ credentials: posting }).describeSessions();
    assertEquals(seen.map(({ url }) => url), ["/token?tenant=a", "/token?tenant=a"]);
    const grant = { grant_type: "client_credentials", scope: "a b" };
    const secret = { client_id: "an id", client_secret: SECRET };
    assertEquals(seen.map(({ body }) => ({ ...body })), [grant, { ...grant, ...secret }]);
  } finally {
    await server.stop();
  }
});

/** Gives `token-1`, `token-2`, ... and refuses those that it is told to. */
function tokenBroker() {
  const refused = new Set<string>();
  let tokens = 0;
  const broker = new StubBroker(({ path, headers }) => {
    if (path.startsWith("/oauth2")) {
      return Response.json({ access_token: `token-${++tokens}`, expires_in: 3600 });
    }
    return refused.has(headers.authorization!) ? new Response("{}", { status: 401 }) : NO_SESSIONS();
  });
  return { broker, refused, tokens: () => tokens };
}

function sharing(
  broker: StubBroker,
  cache: Parameters<typeof accessTokenProvider>[0]["cache"],
  timeout = 30_000,
) {
  const options = { brokerUrl: "https://broker.example:8443", fetch: broker.fetch as never, timeout };
  const credentials = { clientId: "an-id", clientSecret: "hush" };
  return broker.client({ credentials: accessTokenProvider({ ...options, credentials, cache }) });
}

Deno.test("clients that share a cache share a token, and the one that comes after it was refused", async () => {
  const { broker, refused, tokens } = tokenBroker();
  const cache = new Map();
  const [one, two] = [sharing(broker, cache), sharing(broker, cache)];
  await one.describeSessions();
  await two.describeSessions();
  assertEquals(tokens(), 1);
  refused.add("Bearer token-1");
  await one.describeSessions();
  await two.describeSessions();
  assertEquals(tokens(), 2);
  assertEquals(cache.size, 1);
  assertEquals(JSON.stringify([...cache.keys()]).includes("hush"), false);
});

Deno.test("a token of the cache that has ended, or is none, is not used", async () => {
  for (const accessToken of ["a token", "", 5, "token-0"]) {
    const { broker, tokens } = tokenBroker();
    const cache = { get: () => ({ accessToken, expiresAt: Date.now() - 1 }) as never, set: () => {} };
    await sharing(broker, cache).describeSessions();
    assertEquals(tokens(), 1);
  }
});

Deno.test("a cache that fails or hangs is done without", async () => {
  const failing = () => Promise.reject(new Error("No connection to Redis"));
  for (
    const cache of [{ get: failing, set: failing }, {
      get: () => new Promise<never>(() => {}),
      set: () => {},
    }]
  ) {
    const { broker, tokens } = tokenBroker();
    await sharing(broker, cache, 20).describeSessions();
    assertEquals(tokens(), 1);
  }
});

Deno.test("accessTokenProvider() refuses what it does not know", () => {
  const options = { brokerUrl: "https://b", credentials: { clientId: "a", clientSecret: "b" } };
  let error: unknown;
  try {
    accessTokenProvider({ ...options, clientAuthentication: "private_key_jwt" as never });
  } catch (caught) {
    error = caught;
  }
  assert(error instanceof TypeError && error.message.includes('"clientAuthentication" must be'));
});

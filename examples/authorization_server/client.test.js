import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { OAuth2Server } from "oauth2-mock-server";
import { MockBroker } from "@dcvkit/mock-broker";
import { createClient } from "./client.js";

const issuer = new OAuth2Server();
let broker, client;

before(async () => {
  await issuer.issuer.keys.generate("RS256");
  await issuer.start(0, "localhost");
  // What "register-auth-server" is to a real broker. The broker's own token endpoint is off then.
  // Its clock is the real one, for tokens say from when to when they are good.
  broker = new MockBroker({
    authServers: [`${issuer.issuer.url}/jwks`],
    properties: { "enable-authorization-server": false },
  });
  const environment = {
    DCV_SM_BROKER_URL: broker.url,
    DCV_SM_AUTH_SERVER_URL: `${issuer.issuer.url}/token`,
    DCV_SM_SCOPE: "dcv-session-manager/sm_scope",
    DCV_SM_CLIENT_ID: "portal",
    DCV_SM_CLIENT_PASSWORD: "secret",
  };
  // The broker is in process, the authorization server is not.
  const send = (url, init) => url.startsWith(broker.url) ? broker.fetch(url, init) : fetch(url, init);
  client = createClient(environment, { fetch: send });
});
after(() => issuer.stop());

test("the broker takes tokens that the authorization server has signed", async () => {
  const session = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  assert.equal(session.State, "CREATING");
});

test("it refuses those of another issuer", async () => {
  const other = new OAuth2Server();
  other.issuer.url = issuer.issuer.url;
  await other.issuer.keys.generate("RS256");
  const accessToken = await other.issuer.buildToken();
  const stranger = createClient(
    { DCV_SM_BROKER_URL: broker.url, DCV_SM_OAUTH2_TOKEN: accessToken },
    { fetch: broker.fetch },
  );
  await assert.rejects(() => stranger.describeSessions(), { code: "UNAUTHORIZED" });
});

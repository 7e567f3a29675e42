/**
 * Four ways to authenticate, and which one when.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";

const broker = new MockBroker();
const { url: brokerUrl, fetch, credentials } = broker;

// What `register-api-client` printed on the broker host. The token is fetched on first use and renewed ahead of its end.
const registered = new SessionManagerClient({ brokerUrl, fetch, credentials });
await registered.describeSessions();
console.log("with client credentials");

// The same from DCV_SM_CLIENT_ID and DCV_SM_CLIENT_PASSWORD, as AWS's own command line reads them.
const environment = {
  DCV_SM_CLIENT_ID: credentials.clientId,
  DCV_SM_CLIENT_PASSWORD: credentials.clientSecret,
};
const fromEnvironment = new SessionManagerClient({
  brokerUrl,
  fetch,
  ...optionsFromEnvironment(environment),
});
await fromEnvironment.describeSessions();
console.log("from the environment");

// A token that something else keeps: a vault, a sidecar, the user's own. Called when one is needed, never twice at once.
const provided = new SessionManagerClient({ brokerUrl, fetch, credentials: () => tokenFromElsewhere() });
await provided.describeSessions();
console.log("with a function that returns a token");

// None, for a broker with `enable-authorization = false` behind something that authorizes.
const open = new MockBroker({ properties: { "enable-authorization": false } });
await new SessionManagerClient({ brokerUrl: open.url, fetch: open.fetch }).describeSessions();
console.log("without credentials");

async function tokenFromElsewhere() {
  const headers = { Authorization: `Basic ${btoa(`${credentials.clientId}:${credentials.clientSecret}`)}` };
  const url = `${brokerUrl}/oauth2/token?grant_type=client_credentials`;
  const { access_token, expires_in } = await (await fetch(url, { method: "POST", headers })).json();
  return { accessToken: access_token, expiresIn: expires_in };
}

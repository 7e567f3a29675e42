/**
 * A session with guests: one who watches, and one who may type as well.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { allSuccessful, SessionManagerClient } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import {
  encodePermissions,
  formatPermissions,
  shareWith,
  VIEW_FEATURES,
} from "@dcvkit/session-manager/permissions";
import { createSessionAndWait } from "@dcvkit/session-manager/sessions";

const broker = new MockBroker({ clock: { speed: 100 } });
const client = new SessionManagerClient({
  brokerUrl: broker.url,
  credentials: broker.credentials,
  fetch: broker.fetch,
});
const request = { Name: "review", Owner: "ana", Type: "VIRTUAL", MaxConcurrentClients: 3 };
const session = await createSessionAndWait(client, request, { minDelay: 10 });

const permissions = shareWith({ bob: VIEW_FEATURES, eve: [...VIEW_FEATURES, "keyboard", "mouse"] });
console.log(formatPermissions(permissions));
allSuccessful(
  await client.updateSessionPermissions([
    { SessionId: session.Id, Owner: "ana", PermissionsFile: encodePermissions(permissions) },
  ]),
);

// Each guest connects with a token of their own, and must be a user of the host.
for (const guest of ["bob", "eve"]) {
  const url = connectionUrl(await client.getSessionConnectionData(session.Id, guest), {
    gateway: "gateway.example.com",
  });
  console.log(`${guest}: ${url.slice(0, 60)}...`);
}

await client.deleteSession({ SessionId: session.Id, Owner: "ana" });

/**
 * What a web page or an edge function does with the client. It runs in a browser and in workerd, bundled.
 *
 * @module
 */

import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";

/** Where the mock broker is, and how to get in. */
export interface Broker {
  url: string;
  credentials: { clientId: string; clientSecret: string };
}

/** Creates a session, waits for it, connects to it and deletes it; gives what it saw. */
export async function program({ url, credentials }: Broker): Promise<unknown[]> {
  const client = new SessionManagerClient({ brokerUrl: url, credentials });
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  const session = await client.waitForSession(Id, { minDelay: 10 });
  const connection = new URL(connectionUrl(await client.getSessionConnectionData(Id, "ana")));
  const names: (string | undefined)[] = [];
  for await (const each of client.listSessions({ owner: "ana" })) names.push(each.Name);
  await client.deleteSessions([{ SessionId: Id, Owner: "ana" }]);

  const stranger = new SessionManagerClient({
    brokerUrl: url,
    credentials: { ...credentials, clientSecret: "wrong" },
  });
  const refusal = await stranger.describeSessions().catch((error: unknown) => error);
  const code = refusal instanceof SessionManagerError ? refusal.code : String(refusal);
  return [session?.State, connection.hash === `#${Id}`, names, code];
}

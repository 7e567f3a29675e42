/**
 * The secrets of API clients of whom a saved world has the digests only.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash, randomUUID } from "node:crypto";
import type { ApiClientCredentials, SavedClient } from "../simulation/api_clients.ts";
import { Chance } from "../simulation/chance.ts";

/**
 * The clients with the secrets that somebody knows, or that were drawn from a seed.
 *
 * @param renew Whether one of which nobody knows the secret gets another: the one that is given, or a random one.
 * @throws {TypeError} If a secret is not that of the client.
 */
export function recoverSecrets(
  clients: readonly SavedClient[],
  known: readonly ApiClientCredentials[],
  seed: number | undefined,
  renew: boolean,
): SavedClient[] {
  const drawn = seed === undefined ? [] : drawnSecrets(seed, clients.length);
  for (const { clientId } of known) {
    if (!clients.some((client) => client.clientId === clientId)) {
      throw new TypeError(`Saved world has no API client ${clientId}`);
    }
  }
  return clients.map((client) => {
    const given = known.find(({ clientId }) => clientId === client.clientId)?.clientSecret;
    const candidates = [client.clientSecret, given, ...drawn];
    const own = candidates.find((secret) => secret !== undefined && digest(secret) === client.secretDigest);
    if (own === undefined && renew) return withSecret(client, given ?? btoa(randomUUID()));
    if (given !== undefined && given !== own) {
      throw new TypeError(`The secret of API client ${client.clientId} is another one in the saved world`);
    }
    return { ...client, clientSecret: own };
  });
}

function withSecret(client: SavedClient, clientSecret: string): SavedClient {
  return { ...client, clientSecret, secretDigest: digest(clientSecret) };
}

/** At most an id and a secret are drawn for each client. */
function drawnSecrets(seed: number, clients: number): string[] {
  const { credentials } = new Chance(seed);
  return Array.from({ length: 2 * clients }, () => btoa(credentials.uuid()));
}

function digest(secret: string): string {
  return Buffer.from(createHash("sha256").update(secret).digest()).toString("base64");
}

/**
 * The secrets of API clients of whom a saved world has the digests only.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { ApiClientCredentials, SavedClient } from "../simulation/api_clients.ts";
import { Chance } from "../simulation/chance.ts";

/**
 * The clients with the secrets that somebody knows, or that were drawn from a seed.
 *
 * @throws {TypeError} If a secret is not that of the client.
 */
export function recoverSecrets(
  clients: readonly SavedClient[],
  known: readonly ApiClientCredentials[],
  seed: number | undefined,
): SavedClient[] {
  const drawn = seed === undefined ? [] : drawnSecrets(seed, clients.length);
  for (const { clientId } of known) {
    if (!clients.some((client) => client.clientId === clientId)) {
      throw new TypeError(`Saved world has no API client ${clientId}`);
    }
  }
  return clients.map((client) => {
    const given = known.find(({ clientId }) => clientId === client.clientId)?.clientSecret;
    if (given !== undefined && digest(given) !== client.secretDigest) {
      throw new TypeError(`The secret of API client ${client.clientId} is another one in the saved world`);
    }
    const clientSecret = client.clientSecret ?? given ??
      drawn.find((secret) => digest(secret) === client.secretDigest);
    return { ...client, clientSecret };
  });
}

/** At most an id and a secret are drawn for each client. */
function drawnSecrets(seed: number, clients: number): string[] {
  const { credentials } = new Chance(seed);
  return Array.from({ length: 2 * clients }, () => btoa(credentials.uuid()));
}

function digest(secret: string): string {
  return Buffer.from(createHash("sha256").update(secret).digest()).toString("base64");
}

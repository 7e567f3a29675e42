/**
 * External authorization servers, whose access tokens the broker accepts.
 *
 * @module
 */

import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import type { KeySet } from "../../description/key_set.ts";

/** A key set, or the URL of one. */
type AuthServer = string | KeySet;

/** The registered authorization servers; their keys are loaded when the first token is to be judged. */
export class AuthServers {
  readonly #servers: readonly AuthServer[];
  #keySets: Promise<JWTVerifyGetKey[]> | undefined;

  constructor(servers: readonly AuthServer[]) {
    for (const server of servers) checkAuthServer(server);
    this.#servers = servers;
  }

  /** Whether one of them signed this token, and it is valid at `time`. */
  async accept(token: string, time: number): Promise<boolean> {
    if (this.#servers.length === 0) return false;
    const { jwtVerify } = await import("jose");
    for (const keySet of await (this.#keySets ??= this.#loadKeySets())) {
      const verified = jwtVerify(token, keySet, {
        currentDate: new Date(time),
        // A token without an end could never be taken back.
        requiredClaims: ["exp"],
      });
      if (await verified.then(() => true, () => false)) return true;
    }
    return false;
  }

  async #loadKeySets(): Promise<JWTVerifyGetKey[]> {
    const { createLocalJWKSet, createRemoteJWKSet } = await import("jose");
    return this.#servers.map((server) =>
      typeof server === "string"
        ? createRemoteJWKSet(new URL(server))
        : createLocalJWKSet(server as JSONWebKeySet)
    );
  }
}

function checkAuthServer(server: AuthServer): void {
  const isUrl = typeof server === "string" && /^https?:/i.test(server) && URL.canParse(server);
  const isKeySet = typeof server === "object" && Array.isArray(server?.keys) &&
    server.keys.every((key) => typeof key === "object" && key !== null);
  if (isUrl || isKeySet) return;
  throw new TypeError(
    `Option "authServers" must hold key sets or http(s) URLs of them: ${
      typeof server === "string" ? server : JSON.stringify(server)
    }`,
  );
}

/**
 * External authorization servers, whose access tokens the broker accepts.
 *
 * @module
 */

import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import type { AuthServer } from "../../description/auth_server.ts";

/** The registered authorization servers; their keys are loaded when the first token is to be judged. */
export class AuthServers {
  readonly #servers: readonly AuthServer[];
  #keySets: Promise<JWTVerifyGetKey[]> | undefined;

  constructor(servers: readonly AuthServer[]) {
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

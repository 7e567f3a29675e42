/**
 * Connection tokens: JWTs that a DCV server has the broker validate.
 *
 * @module
 */

import type { JWK } from "jose";
import type { ConnectionClaims } from "../simulation/connections.ts";

const ALGORITHM = "RS256";

/** What is wrong with a token. */
export type InvalidTokenCode = "INVALID_TOKEN" | "FOREIGN_TOKEN" | "EXPIRED_TOKEN";

/** Signs and verifies connection tokens with one RSA key pair, made when it is first needed. */
export class ConnectionTokens {
  readonly #privateJwk: JWK | undefined;
  #keys: Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> | undefined;

  /** @param privateJwk The RSA key to use; without it, a new one. */
  constructor(privateJwk?: JWK) {
    this.#privateJwk = privateJwk;
  }

  /** A compact JWT with these claims and this key id. */
  async sign(claims: ConnectionClaims, keyId: string): Promise<string> {
    const { SignJWT } = await import("jose");
    const { privateKey } = await this.#loadKeys();
    return await new SignJWT({ ...claims }).setProtectedHeader({ kid: keyId, typ: "JWT", alg: ALGORITHM })
      .sign(privateKey);
  }

  /** The claims of a token that was signed under this key id and is valid at `time`; of any other, what is wrong. */
  async verify(
    token: string,
    keyId: string,
    time: number,
  ): Promise<{ claims: ConnectionClaims } | { code: InvalidTokenCode }> {
    const { decodeProtectedHeader, errors, jwtVerify } = await import("jose");
    const { publicKey } = await this.#loadKeys();
    try {
      if (decodeProtectedHeader(token).kid !== keyId) return { code: "FOREIGN_TOKEN" };
      const options = { algorithms: [ALGORITHM], currentDate: new Date(time) };
      const { payload } = await jwtVerify<ConnectionClaims>(token, publicKey, options);
      return { claims: payload };
    } catch (error) {
      return { code: error instanceof errors.JWTExpired ? "EXPIRED_TOKEN" : "INVALID_TOKEN" };
    }
  }

  #loadKeys(): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
    return this.#keys ??= this.#privateJwk ? importKeys(this.#privateJwk) : generateKeys();
  }
}

async function generateKeys() {
  const { generateKeyPair } = await import("jose");
  return await generateKeyPair(ALGORITHM);
}

async function importKeys(jwk: JWK) {
  const { importJWK } = await import("jose");
  const publicJwk: JWK = { kty: jwk.kty!, n: jwk.n!, e: jwk.e! };
  const [privateKey, publicKey] = await Promise.all([
    importJWK(jwk, ALGORITHM),
    importJWK(publicJwk, ALGORITHM),
  ]);
  return { privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
}

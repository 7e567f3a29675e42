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
  #privateJwk: JWK | undefined;
  /** Whose keys these are too. */
  #followed: ConnectionTokens | undefined;
  #keys: Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> | undefined;

  /** @param privateJwk The RSA key to use; without it, a new one. */
  constructor(privateJwk?: JWK) {
    this.#privateJwk = privateJwk;
  }

  /** The private key; `undefined` if none has been needed so far. */
  get privateJwk(): JWK | undefined {
    return this.#followed ? this.#followed.privateJwk : this.#privateJwk;
  }

  /** Takes up a key that others were signed with. */
  adopt(privateJwk: JWK): void {
    this.#privateJwk = privateJwk;
    this.#followed = undefined;
    this.#keys = undefined;
  }

  /** Signs with the keys of another from now on. */
  follow(other: ConnectionTokens): void {
    this.#followed = other;
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
    if (this.#followed) return this.#followed.#loadKeys();
    return this.#keys ??= this.#privateJwk ? importKeys(this.#privateJwk) : this.#generateKeys();
  }

  async #generateKeys() {
    const { exportJWK, generateKeyPair } = await import("jose");
    const keys = await generateKeyPair(ALGORITHM, { extractable: true });
    this.#privateJwk = await exportJWK(keys.privateKey);
    return keys;
  }
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

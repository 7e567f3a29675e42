/**
 * The certificates of the simulated broker: like the real one, it speaks HTTPS with a certificate of its own
 * authority.
 *
 * Certificates are what the strictest verifiers ask for: version 3, names in the SubjectAltName extension,
 * key identifiers, and a server certificate that is not an authority itself.
 *
 * @module
 */

import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import type { CertificateAndKey } from "../description/listen_options.ts";
import { type AlternativeName, alternativeNames, LOOPBACK_NAMES } from "./alternative_names.ts";
import { authorityExtensions, type ExtendedUsage, leafExtensions } from "./certificate_extensions.ts";
import { objectIdentifier } from "./der.ts";
import {
  type Issuer,
  issuerIn,
  keyIdOf,
  nameOf,
  publicKeyOf,
  signatureAlgorithm,
  signedCertificate,
} from "./x509.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AUTHORITY_DAYS = 3_650;
/** Apple's platforms refuse server certificates that live longer. */
const LEAF_DAYS = 825;

/** When a certificate is valid. */
export interface Validity {
  /**
   * First moment of its life.
   *
   * @default {one hour ago, for peers whose clock is behind}
   */
  notBefore?: Date | undefined;
  /**
   * Last moment of its life.
   *
   * @default {10 years after `notBefore` for an authority, 825 days for the certificates that it issues}
   */
  notAfter?: Date | undefined;
}

/** What an issued certificate is for. */
interface LeafProfile extends Validity {
  commonName: string;
  usage: ExtendedUsage;
  names: AlternativeName[];
}

/**
 * A certificate authority; a new one has an ECDSA P-256 key.
 *
 * @example Usage
 * ```ts ignore
 * const authority = await CertificateAuthority.create();
 * const server = await authority.issueServerCertificate(["broker", "10.0.0.7"]);
 * createServer({ cert: server.cert, key: server.key }); // and clients trust authority.cert
 * ```
 */
export class CertificateAuthority {
  /** The authority's own certificate as PEM text: what clients have to trust. */
  readonly cert: string;
  /** Last moment of the authority's life. */
  readonly notAfter: Date;
  readonly #issuer: Issuer;

  private constructor(cert: string, privateKey: KeyObject) {
    const certificate = new X509Certificate(cert);
    this.cert = cert;
    this.notAfter = new Date(certificate.validTo);
    this.#issuer = { ...issuerIn(certificate), privateKey };
  }

  /** Makes a new authority. */
  static create(validity: Validity = {}): CertificateAuthority {
    return this.#selfSigned(newKey(), validity);
  }

  /**
   * Makes a certificate for the key of an authority that has none.
   *
   * @throws {TypeError} If `key` is not an ECDSA P-256 key as PEM text.
   */
  static ofKey(key: string, validity: Validity = {}): CertificateAuthority {
    const privateKey = read("key", "a PEM private key", () => createPrivateKey(key));
    if (!isP256(privateKey)) throw new TypeError('"key" is not an ECDSA P-256 key');
    return this.#selfSigned(privateKey, validity);
  }

  static #selfSigned(privateKey: KeyObject, validity: Validity): CertificateAuthority {
    const name = nameOf("dcvkit mock broker CA");
    const publicKey = publicKeyOf(privateKey);
    const keyId = keyIdOf(publicKey);
    const certificate = signedCertificate({ name, keyId, privateKey }, {
      subject: name,
      publicKey,
      extensions: authorityExtensions(keyId),
      ...lifetime(validity, AUTHORITY_DAYS),
    });
    return new CertificateAuthority(certificate, privateKey);
  }

  /**
   * Takes up an authority that was kept, or one that was made elsewhere (by mkcert, say).
   *
   * @throws {TypeError} If `cert` or `key` cannot be read, or if they do not belong together.
   */
  static load({ cert, key }: CertificateAndKey): CertificateAuthority {
    const certificate = read("cert", "a PEM certificate", () => new X509Certificate(cert));
    if (!certificate.ca) {
      throw new TypeError(
        `"cert" is not the certificate of an authority (CA:TRUE): ${oneLine(certificate.subject)}`,
      );
    }
    const privateKey = read("key", "a PEM private key", () => createPrivateKey(key));
    if (!certificate.checkPrivateKey(privateKey)) {
      throw new TypeError(`"key" is not the private key of "cert": ${oneLine(certificate.subject)}`);
    }
    signatureAlgorithm(privateKey);
    return new CertificateAuthority(certificate.toString(), privateKey);
  }

  /** The authority's private key as PEM text, to keep it between two starts. */
  exportKey(): string {
    return keyPem(this.#issuer.privateKey);
  }

  /**
   * Makes a server certificate for these host names and IP addresses.
   *
   * @throws {TypeError} If there is no name, or if one is neither a host name nor an IP address.
   */
  issueServerCertificate(
    names: readonly string[] = LOOPBACK_NAMES,
    validity: Validity = {},
  ): CertificateAndKey {
    const profile = { commonName: "dcvkit mock broker", usage: "serverAuth" } as const;
    return this.#issue({ ...profile, names: alternativeNames(names), ...validity });
  }

  /** Makes a client certificate, for servers that ask for one (mutual TLS). */
  issueClientCertificate(commonName: string, validity: Validity = {}): CertificateAndKey {
    return this.#issue({ commonName, usage: "clientAuth", names: [], ...validity });
  }

  #issue({ commonName, usage, names, ...validity }: LeafProfile): CertificateAndKey {
    const privateKey = newKey();
    const publicKey = publicKeyOf(privateKey);
    const keyIds = { own: keyIdOf(publicKey), issuer: this.#issuer.keyId };
    const cert = signedCertificate(this.#issuer, {
      subject: nameOf(commonName),
      publicKey,
      extensions: leafExtensions(usage, names, keyIds),
      ...lifetime(validity, LEAF_DAYS),
    });
    return { cert, key: keyPem(privateKey) };
  }
}

function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/** The public key names the curve: 1.2.840.10045.3.1.7, as prime256v1 is registered. */
function isP256(privateKey: KeyObject): boolean {
  return privateKey.asymmetricKeyType === "ec" &&
    publicKeyOf(privateKey).includes(objectIdentifier("1.2.840.10045.3.1.7"));
}

function lifetime({ notBefore, notAfter }: Validity, days: number): { notBefore: Date; notAfter: Date } {
  const start = notBefore ?? new Date(Date.now() - HOUR_MS);
  return { notBefore: start, notAfter: notAfter ?? new Date(start.getTime() + days * DAY_MS) };
}

function read<T>(option: string, expected: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new TypeError(`"${option}" is not ${expected}`, { cause });
  }
}

function oneLine(subject: string): string {
  return subject.replaceAll("\n", ", ");
}

function keyPem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

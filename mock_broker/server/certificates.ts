/**
 * The certificates of the simulated broker: like the real one, it speaks HTTPS with a certificate of its own
 * authority.
 *
 * Certificates are what the strictest verifiers ask for: version 3, names in the SubjectAltName extension,
 * key identifiers, and a server certificate that is not an authority itself.
 *
 * @module
 */

import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  X509Certificate as NodeCertificate,
} from "node:crypto";
import type { Extension, X509Certificate } from "@peculiar/x509";
import type { CertificateAndKey } from "../description/listen_options.ts";
import { type AlternativeName, alternativeNames, LOOPBACK_NAMES } from "./alternative_names.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AUTHORITY_DAYS = 3_650;
/** Apple's platforms refuse server certificates that live longer. */
const LEAF_DAYS = 825;
const KEY_ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;

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
  usage: "serverAuth" | "clientAuth";
  names: AlternativeName[];
}

/**
 * A certificate authority with an ECDSA P-256 key.
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
  readonly #certificate: X509Certificate;
  readonly #privateKey: CryptoKey;

  private constructor(certificate: X509Certificate, privateKey: CryptoKey) {
    this.cert = certificatePem(certificate);
    this.notAfter = certificate.notAfter;
    this.#certificate = certificate;
    this.#privateKey = privateKey;
  }

  /** Makes a new authority. */
  static async create(validity: Validity = {}): Promise<CertificateAuthority> {
    return await this.#selfSigned(
      await crypto.subtle.generateKey(KEY_ALGORITHM, true, ["sign", "verify"]),
      validity,
    );
  }

  /**
   * Makes a certificate for the key of an authority that has none.
   *
   * @throws {TypeError} If `key` is not an ECDSA P-256 key as PEM text.
   */
  static async ofKey(key: string, validity: Validity = {}): Promise<CertificateAuthority> {
    const privateKey = read("key", "a PEM private key", () => createPrivateKey(key));
    try {
      return await this.#selfSigned(await keyPairOf(privateKey), validity);
    } catch (cause) {
      throw new TypeError('"key" is not an ECDSA P-256 key', { cause });
    }
  }

  static async #selfSigned(keys: CryptoKeyPair, validity: Validity): Promise<CertificateAuthority> {
    const x509 = await loadX509();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: [{ O: ["dcvkit"] }, { CN: ["dcvkit mock broker CA"] }],
      keys,
      ...lifetime(validity, AUTHORITY_DAYS),
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new CertificateAuthority(certificate, keys.privateKey);
  }

  /**
   * Takes up an authority that was kept, or one that was made elsewhere (by mkcert, say).
   *
   * @throws {TypeError} If `cert` or `key` cannot be read, or if they do not belong together.
   */
  static async load({ cert, key }: CertificateAndKey): Promise<CertificateAuthority> {
    const certificate = read("cert", "a PEM certificate", () => new NodeCertificate(cert));
    if (!certificate.ca) {
      throw new TypeError(
        `"cert" is not the certificate of an authority (CA:TRUE): ${oneLine(certificate.subject)}`,
      );
    }
    const privateKey = read("key", "a PEM private key", () => createPrivateKey(key));
    if (!certificate.checkPrivateKey(privateKey)) {
      throw new TypeError(`"key" is not the private key of "cert": ${oneLine(certificate.subject)}`);
    }
    const x509 = await loadX509();
    const issuer = new x509.X509Certificate(cert);
    const algorithm = { hash: "SHA-256", ...issuer.publicKey.algorithm };
    const pkcs8 = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
    const signingKey = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]);
    return new CertificateAuthority(issuer, signingKey);
  }

  /** The authority's private key as PEM text, to keep it between two starts. */
  exportKey(): Promise<string> {
    return keyPem(this.#privateKey);
  }

  /**
   * Makes a server certificate for these host names and IP addresses.
   *
   * @throws {TypeError} If there is no name, or if one is neither a host name nor an IP address.
   */
  async issueServerCertificate(
    names: readonly string[] = LOOPBACK_NAMES,
    validity: Validity = {},
  ): Promise<CertificateAndKey> {
    const profile = { commonName: "dcvkit mock broker", usage: "serverAuth" } as const;
    return await this.#issue({ ...profile, names: alternativeNames(names), ...validity });
  }

  /** Makes a client certificate, for servers that ask for one (mutual TLS). */
  issueClientCertificate(commonName: string, validity: Validity = {}): Promise<CertificateAndKey> {
    return this.#issue({ commonName, usage: "clientAuth", names: [], ...validity });
  }

  async #issue({ commonName, usage, names, ...validity }: LeafProfile): Promise<CertificateAndKey> {
    const x509 = await loadX509();
    const keys = await crypto.subtle.generateKey(KEY_ALGORITHM, true, ["sign", "verify"]);
    const issuer = this.#certificate;
    const issuerKeyId = issuer.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
    const extensions: Extension[] = [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[usage]]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      // OpenSSL wants the very identifier that the authority's certificate carries, however that was computed.
      issuerKeyId !== undefined
        ? new x509.AuthorityKeyIdentifierExtension(issuerKeyId)
        : await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ];
    if (names.length > 0) {
      extensions.push(new x509.SubjectAlternativeNameExtension(names));
    }
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ O: ["dcvkit"] }, { CN: [commonName] }],
      issuer: issuer.subjectName,
      publicKey: keys.publicKey,
      signingKey: this.#privateKey,
      ...lifetime(validity, LEAF_DAYS),
      extensions,
    });
    return { cert: certificatePem(certificate), key: await keyPem(keys.privateKey) };
  }
}

/**
 * The library takes a tenth of a second to load, which a broker without HTTPS should not have to wait for.
 */
async function loadX509(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata"); // @peculiar/x509 refuses to load without it
  return await import("@peculiar/x509");
}

async function keyPairOf(key: KeyObject): Promise<CryptoKeyPair> {
  const pkcs8 = new Uint8Array(key.export({ type: "pkcs8", format: "der" }));
  const spki = new Uint8Array(createPublicKey(key).export({ type: "spki", format: "der" }));
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, KEY_ALGORITHM, true, ["sign"]),
    publicKey: await crypto.subtle.importKey("spki", spki, KEY_ALGORITHM, true, ["verify"]),
  };
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

function certificatePem(certificate: X509Certificate): string {
  return `${certificate.toString("pem")}\n`;
}

async function keyPem(key: CryptoKey): Promise<string> {
  const x509 = await loadX509();
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}

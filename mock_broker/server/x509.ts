/**
 * X.509 certificates as bytes (RFC 5280).
 *
 * They are put together here because that takes a fiftieth of the time that it takes to load a library for all that
 * certificates can be, and every start of the mock's command with HTTPS or desktops needs one. What they look like is
 * judged by OpenSSL and by each runtime, in the tests.
 *
 * @module
 */

import {
  createHash,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  type X509Certificate,
} from "node:crypto";
import { Buffer } from "node:buffer";
import { subjectKeyIdIn } from "./certificate_extensions.ts";
import {
  bitString,
  elementsIn,
  integer,
  nothing,
  objectIdentifier,
  sequence,
  set,
  tagged,
  time,
  utf8String,
} from "./der.ts";

/** The attributes of the names of subjects and issuers. */
const ORGANIZATION = "2.5.4.10";
const COMMON_NAME = "2.5.4.3";

/** Who issues certificates: a name, and a key with its identifier. */
export interface Issuer {
  readonly name: Buffer;
  readonly keyId: Buffer;
  readonly privateKey: KeyObject;
}

/** What a certificate says (RFC 5280, section 4.1); the rest says who signs it. */
export interface CertificateContents {
  readonly subject: Buffer;
  /** As SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  readonly extensions: readonly Buffer[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A certificate of version 3, as PEM text. */
export function signedCertificate(issuer: Issuer, contents: CertificateContents): string {
  const { subject, publicKey, extensions, notBefore, notAfter } = contents;
  const { algorithm, digest } = signatureAlgorithm(issuer.privateKey);
  const toBeSigned = sequence(
    tagged(0, integer(2), true),
    serialNumber(),
    algorithm,
    issuer.name,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey,
    tagged(3, sequence(...extensions), true),
  );
  const signature = sign(digest, toBeSigned, issuer.privateKey);
  return pem("CERTIFICATE", sequence(toBeSigned, algorithm, bitString(signature)));
}

/** Positive, of the same length each time, and never the same. */
function serialNumber(): Buffer {
  const [first, ...rest] = randomBytes(16);
  return integer(0x40 | first! & 0x3f, ...rest);
}

/** How a key signs. Authorities that were made elsewhere have keys of other kinds than those that are made here. */
export function signatureAlgorithm(key: KeyObject): { algorithm: Buffer; digest: string | null } {
  switch (key.asymmetricKeyType) {
    case "ec":
      return { algorithm: sequence(objectIdentifier("1.2.840.10045.4.3.2")), digest: "sha256" };
    case "rsa":
      return { algorithm: sequence(objectIdentifier("1.2.840.113549.1.1.11"), nothing()), digest: "sha256" };
    case "ed25519":
      return { algorithm: sequence(objectIdentifier("1.3.101.112")), digest: null };
    default:
      throw new TypeError(`"key" is of a kind that signs no certificates here: ${key.asymmetricKeyType}`);
  }
}

export function publicKeyOf(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ type: "spki", format: "der" });
}

/** RFC 5280, section 4.2.1.2: the hash of the key itself, without what kind of key it is. */
export function keyIdOf(publicKey: Buffer): Buffer {
  const [, key] = elementsIn(elementsIn(publicKey)[0]!.contents);
  return createHash("sha1").update(key!.contents.subarray(1)).digest();
}

/** What certificates have to say of who issued them: the very name and identifier that OpenSSL looks for. */
export function issuerIn({ raw, publicKey }: X509Certificate): Pick<Issuer, "name" | "keyId"> {
  const [toBeSigned] = elementsIn(elementsIn(Buffer.from(raw))[0]!.contents);
  // Version, serial number, algorithm, issuer and validity come before the subject. Only an old certificate has no version.
  const fields = elementsIn(toBeSigned!.contents);
  const name = fields[fields[0]!.tag === 0xa0 ? 5 : 4]!.raw;
  const extensions = fields.find(({ tag }) => tag === 0xa3);
  const keyId = extensions && subjectKeyIdIn(elementsIn(extensions.contents)[0]!.contents);
  return { name, keyId: keyId ?? keyIdOf(publicKey.export({ type: "spki", format: "der" })) };
}

export function nameOf(commonName: string): Buffer {
  return sequence(
    set(sequence(objectIdentifier(ORGANIZATION), utf8String("dcvkit"))),
    set(sequence(objectIdentifier(COMMON_NAME), utf8String(commonName))),
  );
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g)!;
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

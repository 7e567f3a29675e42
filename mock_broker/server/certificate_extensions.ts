/**
 * The extensions of X.509 certificates (RFC 5280, section 4.2).
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { isIPv4, isIPv6 } from "node:net";
import type { AlternativeName } from "./alternative_names.ts";
import {
  bitString,
  boolean,
  elementsIn,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
} from "./der.ts";

/** The identifier of the extension with the key identifier of a certificate's own key. */
const SUBJECT_KEY_ID = "2.5.29.14";

/** What a certificate's key is used for. */
const EXTENDED_USAGES = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" } as const;

/** What a certificate that is no authority is for. */
export type ExtendedUsage = keyof typeof EXTENDED_USAGES;

/** Says that the key is an authority's, whose certificates are the last in their chain. */
export function authorityExtensions(keyId: Uint8Array): Buffer[] {
  return [
    extension("2.5.29.19", sequence(boolean(true), integer(0)), true),
    // keyCertSign and cRLSign are the sixth and the seventh bit.
    extension("2.5.29.15", bitString(Buffer.from([0b0000_0110]), 1), true),
    subjectKeyId(keyId),
  ];
}

/** Says what the key of a server or a client is for, whose it is, and who says so. */
export function leafExtensions(
  usage: ExtendedUsage,
  names: readonly AlternativeName[],
  { own, issuer }: { own: Uint8Array; issuer: Uint8Array },
): Buffer[] {
  return [
    extension("2.5.29.19", sequence(), true),
    // digitalSignature is the first bit.
    extension("2.5.29.15", bitString(Buffer.from([0b1000_0000]), 7), true),
    extension("2.5.29.37", sequence(objectIdentifier(EXTENDED_USAGES[usage]))),
    subjectKeyId(own),
    extension("2.5.29.35", sequence(tagged(0, issuer, false))),
    ...(names.length === 0 ? [] : [extension("2.5.29.17", sequence(...names.map(generalName)))]),
  ];
}

function subjectKeyId(keyId: Uint8Array): Buffer {
  return extension(SUBJECT_KEY_ID, octetString(keyId));
}

function extension(identifier: string, value: Uint8Array, isCritical = false): Buffer {
  return sequence(
    objectIdentifier(identifier),
    ...(isCritical ? [boolean(true)] : []),
    octetString(value),
  );
}

/** The key identifier that a certificate carries, however that was computed. */
export function subjectKeyIdIn(extensions: Buffer): Buffer | undefined {
  const identifier = objectIdentifier(SUBJECT_KEY_ID);
  for (const { contents } of elementsIn(extensions)) {
    const parts = elementsIn(contents);
    if (parts[0]!.raw.equals(identifier)) return elementsIn(parts.at(-1)!.contents)[0]!.contents;
  }
  return undefined;
}

function generalName({ type, value }: AlternativeName): Buffer {
  return type === "dns" ? tagged(2, Buffer.from(value), false) : tagged(7, addressBytes(value), false);
}

/** The 4 or 16 bytes of an address in its canonical form. */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  if (!isIPv6(address)) throw new TypeError(`${JSON.stringify(address)} is not an IP address`);
  const [before = [], after = []] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join(""), "hex");
}

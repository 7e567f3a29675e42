import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { blocksOf, textOf } from "./pem_blocks.ts";

/** A PEM file (RFC 7468): its text, or its bytes. Lines may end in any way, also in a `\n` written out. */
export type Pem = string | Uint8Array;

/**
 * The certificates of the option `ca`, one by one. All are read here, because runtimes leave out those that
 * they cannot read, and then say that the server cannot be trusted.
 */
export function readAuthorities(ca: Pem | readonly Pem[]): string[] {
  const texts = textOf(ca) === undefined ? ca as readonly Pem[] : [ca as Pem];
  if (!Array.isArray(texts) || texts.length === 0) {
    throw new TypeError(`"ca" must be PEM text or a list of PEM texts: ${describe(ca)}`);
  }
  return texts.flatMap((text) => readCertificates("ca", text).map((certificate) => certificate.toString()));
}

/** What a client shows of itself. */
interface ClientCertificateOptions {
  cert?: Pem | undefined;
  key?: Pem | undefined;
  passphrase?: string | undefined;
}

/** The options `cert` and `key`: both or none, and belonging together. */
export function readClientCertificate(
  { cert, key, passphrase }: ClientCertificateOptions,
): { cert?: string; key?: string } {
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined) throw new TypeError('"cert" must be given with "key": undefined');
  if (key === undefined) throw new TypeError('"key" must be given with "cert": undefined');
  const certificates = readCertificates("cert", cert);
  const privateKey = readPrivateKey(key, passphrase);
  const [own] = certificates;
  if (!own?.checkPrivateKey(privateKey)) {
    throw new TypeError(
      `"key" is not the private key of the first certificate in "cert": ${
        own?.subject.replaceAll("\n", ", ")
      }`,
    );
  }
  // In the one form of several that every runtime takes.
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { cert: certificates.join(""), key: pkcs8 };
}

function readCertificates(option: string, pem: unknown): X509Certificate[] {
  const blocks = blocksOf(textOf(pem) ?? "", "CERTIFICATE");
  if (blocks.length === 0) throw new TypeError(`"${option}" holds no PEM certificate: ${describe(pem)}`);
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (cause) {
      throw new TypeError(`"${option}" holds a certificate that cannot be read: number ${index + 1}`, {
        cause,
      });
    }
  });
}

function readPrivateKey(pem: unknown, passphrase: string | undefined): KeyObject {
  const [block] = blocksOf(textOf(pem) ?? "", "PRIVATE KEY");
  if (block === undefined) throw new TypeError(`"key" holds no PEM private key: ${describe(pem)}`);
  const isEncrypted = block.includes("ENCRYPTED");
  if (isEncrypted && typeof passphrase !== "string") {
    throw new TypeError(`"key" is encrypted: its "passphrase" must be a string, not ${typeof passphrase}`);
  }
  try {
    return createPrivateKey({ key: block, ...(isEncrypted && { passphrase }) });
  } catch (cause) {
    const finding = isEncrypted
      ? '"key" cannot be decrypted: the "passphrase" is wrong, or this runtime does not know the encryption'
      : `"key" holds a private key that cannot be read: ${describe(block)}`;
    throw new TypeError(finding, { cause });
  }
}

/** What was found, without a word of what may be a secret. */
function describe(found: unknown): string {
  if (Array.isArray(found)) return "an empty list";
  const text = textOf(found);
  if (text === undefined) return typeof found;
  const label = /-----BEGIN [A-Z0-9 ]+-----/.exec(text)?.[0];
  if (label) return label;
  return isPath(text) ? JSON.stringify(text) : `${text.length} characters without a "-----BEGIN" line`;
}

/** Whether it may be shown: a path that was taken for the option. A key without its armour is a secret. */
function isPath(text: string): boolean {
  return /^[^\n]{1,100}\.[a-z]{2,4}$/i.test(text);
}

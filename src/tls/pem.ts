import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates of the option `ca`, one by one. All are read here, because runtimes leave out those that
 * they cannot read, and then say that the server cannot be trusted.
 */
export function readAuthorities(ca: string | readonly string[]): string[] {
  const texts = typeof ca === "string" ? [ca] : ca;
  if (!Array.isArray(texts) || texts.length === 0) {
    throw new TypeError(`"ca" must be PEM text or a list of PEM texts: ${describe(ca)}`);
  }
  return texts.flatMap((text) => readCertificates("ca", text).map((certificate) => certificate.toString()));
}

/** The options `cert` and `key`: both or none, and belonging together. */
export function readClientCertificate(
  cert: string | undefined,
  key: string | undefined,
): { cert?: string; key?: string } {
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined) throw new TypeError('"cert" must be given with "key": undefined');
  if (key === undefined) throw new TypeError('"key" must be given with "cert": undefined');
  const certificates = readCertificates("cert", cert);
  const privateKey = readPrivateKey(key);
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

function readCertificates(option: string, text: unknown): X509Certificate[] {
  const blocks = typeof text === "string" ? text.match(CERTIFICATE) : null;
  if (blocks === null) throw new TypeError(`"${option}" holds no PEM certificate: ${describe(text)}`);
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

function readPrivateKey(text: string): KeyObject {
  if (typeof text === "string" && text.includes("ENCRYPTED")) {
    throw new TypeError('"key" is encrypted: decrypt it first, for example with openssl pkey');
  }
  try {
    return createPrivateKey(text);
  } catch (cause) {
    throw new TypeError(`"key" holds no PEM private key: ${describe(text)}`, { cause });
  }
}

/** What was found, without a word of what may be a secret. */
function describe(found: unknown): string {
  if (typeof found !== "string") return Array.isArray(found) ? "an empty list" : typeof found;
  const label = /-----BEGIN [A-Z0-9 ]+-----/.exec(found);
  if (label) return label[0];
  return found.length <= 100 ? JSON.stringify(found) : `${found.length} characters`;
}

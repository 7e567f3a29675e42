/**
 * The certificates that people make by hand, and that runtimes differ about.
 *
 * @module
 */

import "reflect-metadata";
import { sign } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate, Version } from "@peculiar/asn1-x509";
import * as x509 from "@peculiar/x509";
import type { CertificateAndKey } from "../../../mock_broker/description/listen_options.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;

/** What a self-signed certificate for `localhost` says of itself. */
export interface SelfSigned {
  /** The `CA` flag of its basicConstraints extension, which is left out if this is. */
  authority?: boolean;
  /** Its names, which stand in the subject's common name only if there are none. */
  names: string[];
}

/** Makes a certificate that is signed with its own key. */
export async function selfSigned({ authority, names }: SelfSigned): Promise<CertificateAndKey> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const extensions: x509.Extension[] = [await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)];
  if (authority !== undefined) {
    extensions.push(new x509.BasicConstraintsExtension(authority, undefined, true));
  }
  const dnsNames = names.map((value) => ({ type: "dns", value } as const));
  if (dnsNames.length > 0) extensions.push(new x509.SubjectAlternativeNameExtension(dnsNames));
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    keys,
    extensions,
  });
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { cert: certificate.toString("pem"), key: x509.PemConverter.encode(pkcs8, "PRIVATE KEY") };
}

/** The same certificate in X.509 version 1, as `openssl x509 -req` makes it without an extension file. */
export function versionOne({ cert, key }: CertificateAndKey): CertificateAndKey {
  const certificate = AsnConvert.parse(new x509.X509Certificate(cert).rawData, Certificate);
  const content = certificate.tbsCertificate;
  content.version = Version.v1;
  delete content.extensions;
  certificate.signatureValue =
    Uint8Array.from(sign("sha256", new Uint8Array(AsnConvert.serialize(content)), key)).buffer;
  return { cert: x509.PemConverter.encode(AsnConvert.serialize(certificate), "CERTIFICATE"), key };
}

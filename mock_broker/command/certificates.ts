/**
 * The certificates that a command line asks for.
 *
 * @module
 */

import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CertificateAndKey } from "../server/certificate_and_key.ts";
import type { ListenOptions } from "../server/listen_options.ts";
import type { CommandLine } from "./command_line.ts";
import { readText } from "./files.ts";

/** What the server is to show: a given certificate, one of a CA that is kept, one of a new CA, or none. */
export async function tlsOptions({ tls, cert, key, caDir }: CommandLine): Promise<ListenOptions["tls"]> {
  if (!tls) return false;
  if (cert !== undefined && key !== undefined) return await givenCertificate(cert, key);
  return caDir === undefined ? true : { authority: await keptAuthority(caDir) };
}

/** Where a CA lies that is kept in this folder. */
export function caPath(caDir: string): string {
  return join(caDir, "ca.pem");
}

async function givenCertificate(certPath: string, keyPath: string): Promise<CertificateAndKey> {
  const cert = await readText("certificate", certPath);
  const key = await readText("private key", keyPath);
  const certificate = parsed(`${certPath} is not a PEM certificate`, () => new X509Certificate(cert));
  const privateKey = parsed(`${keyPath} is not a PEM private key`, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new TypeError(`${keyPath} is not the private key of the certificate ${certPath}`);
  }
  return { cert, key };
}

function parsed<T>(problem: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new TypeError(problem, { cause });
  }
}

/** The CA in a folder, made there at the first start. */
async function keptAuthority(caDir: string): Promise<CertificateAndKey> {
  const certPath = caPath(caDir);
  const keyPath = join(caDir, "ca-key.pem");
  const { CertificateAuthority } = await import("../server/certificates.ts");
  if (!existsSync(certPath) && !existsSync(keyPath)) {
    const authority = await CertificateAuthority.create();
    await mkdir(caDir, { recursive: true });
    await writeFile(keyPath, await authority.exportKey(), { mode: 0o600 });
    await writeFile(certPath, authority.cert);
  }
  const kept = { cert: await readText("CA certificate", certPath), key: await readText("CA key", keyPath) };
  try {
    await CertificateAuthority.load(kept);
  } catch (cause) {
    throw new TypeError(`Cannot use the CA in ${caDir}: ${(cause as Error).message}`, { cause });
  }
  return kept;
}

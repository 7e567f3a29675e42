/**
 * The certificates that a command line asks for.
 *
 * @module
 */

import { createPrivateKey, X509Certificate } from "node:crypto";
import type { CertificateAndKey } from "../description/listen_options.ts";
import type { ListenOptions } from "../description/listen_options.ts";
import type { CommandLine } from "./command_line.ts";
import { readText } from "./files.ts";
import { keepPrivate } from "./private_key_file.ts";

/** Programs that trusted the last start are to trust the next: with a world that lives on, so does its authority. */
export function withKeptAuthority(line: CommandLine): CommandLine {
  const { state, tls, cert, caDir } = line;
  if (state === undefined || !tls || cert !== undefined || caDir !== undefined) return line;
  return { ...line, caDir: `${state}.ca` };
}

/** What the server is to show: a given certificate, one of a CA that is kept, one of a new CA, or none. */
export async function tlsOptions(
  { tls, cert, key, caDir }: CommandLine,
  warn: (text: string) => void,
): Promise<ListenOptions["tls"]> {
  if (!tls) return false;
  if (cert !== undefined && key !== undefined) return await givenCertificate(cert, key, warn);
  if (caDir === undefined) return true;
  const { keptAuthority } = await import("./ca_folder.ts");
  return { authority: await keptAuthority(caDir, warn) };
}

async function givenCertificate(
  certPath: string,
  keyPath: string,
  warn: (text: string) => void,
): Promise<CertificateAndKey> {
  const cert = await readText("certificate", certPath);
  const key = await readText("private key", keyPath);
  const certificate = parsed(`${certPath} is not a PEM certificate`, () => new X509Certificate(cert));
  const privateKey = parsed(`${keyPath} is not a PEM private key`, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new TypeError(`${keyPath} is not the private key of the certificate ${certPath}`);
  }
  await keepPrivate(keyPath, "thanGroup", warn);
  return { cert, key };
}

function parsed<T>(problem: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new TypeError(problem, { cause });
  }
}

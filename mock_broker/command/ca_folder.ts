/**
 * A certificate authority that is kept in a folder, so that clients trust the next start too.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CertificateAndKey } from "../description/listen_options.ts";
import { CertificateAuthority } from "../server/certificates.ts";
import { keptCaPath } from "./ca_file.ts";
import { createOnce } from "./create_once.ts";
import { readText } from "./files.ts";
import { keepPrivate } from "./private_key_file.ts";

/**
 * The authority in a folder, made there at the first start. Several first starts at once make one: the key is created
 * once and whole, and the certificate is made of the key that is there.
 */
export async function keptAuthority(
  caDir: string,
  warn: (text: string) => void,
): Promise<CertificateAndKey> {
  const certPath = keptCaPath(caDir);
  const keyPath = join(caDir, "ca-key.pem");
  if (!existsSync(certPath)) {
    await mkdir(caDir, { recursive: true });
    if (!existsSync(keyPath)) {
      const authority = CertificateAuthority.create();
      await createOnce(keyPath, authority.exportKey(), 0o600);
    }
    const key = await readText("CA key", keyPath);
    const authority = understood(caDir, () => CertificateAuthority.ofKey(key));
    await createOnce(certPath, authority.cert, 0o644);
  }
  const kept = { cert: await readText("CA certificate", certPath), key: await readText("CA key", keyPath) };
  await keepPrivate(keyPath, "thanOwner", warn);
  understood(caDir, () => CertificateAuthority.load(kept));
  return kept;
}

function understood<T>(caDir: string, load: () => T): T {
  try {
    return load();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new TypeError(`Cannot use the CA in ${caDir}: ${cause.message}`, { cause });
  }
}

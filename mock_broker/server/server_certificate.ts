/**
 * The certificate that a server shows.
 *
 * @module
 */

import { LOOPBACK_NAMES } from "./alternative_names.ts";
import type { CertificateAndKey } from "../description/listen_options.ts";
import type { CertificateAuthority, Validity } from "./certificates.ts";
import type { CertificateFault, ListenOptions } from "../description/listen_options.ts";
import { isWildcard } from "./loopback.ts";

const DAY_MS = 86_400_000;

/** What a server shows, and the authority that clients have to trust if it is one of the mock's own. */
export interface ShownCertificate {
  readonly certificate: CertificateAndKey | undefined;
  readonly ca: string | undefined;
}

/** The certificate that the options ask for; none for plain HTTP. */
export async function shownCertificate(
  { tls = true, hostname = "127.0.0.1", names = [], certificateFault: fault }: ListenOptions,
): Promise<ShownCertificate> {
  if (tls === false) return { certificate: undefined, ca: undefined };
  if (typeof tls === "object" && "cert" in tls) return { certificate: tls, ca: undefined };
  const authority = await authorityOf(tls);
  const shown = fault === "wrongName" ? ["another-host.invalid"] : [...namesOf(hostname), ...names];
  return {
    certificate: authority.issueServerCertificate(shown, validityWith(fault)),
    ca: authority.cert,
  };
}

async function authorityOf(
  tls: Exclude<ListenOptions["tls"], CertificateAndKey>,
): Promise<CertificateAuthority> {
  const { CertificateAuthority } = await import("./certificates.ts");
  return typeof tls === "object" ? CertificateAuthority.load(tls.authority) : CertificateAuthority.create();
}

function validityWith(fault: CertificateFault | undefined): Validity {
  const now = Date.now();
  if (fault === "expired") return { notBefore: new Date(now - 2 * DAY_MS), notAfter: new Date(now - DAY_MS) };
  return fault === "notYetValid" ? { notBefore: new Date(now + DAY_MS) } : {};
}

/** The names under which a server is reached that listens on this address. */
function namesOf(hostname: string): string[] {
  return [...LOOPBACK_NAMES, ...(isWildcard(hostname) ? [] : [hostname])];
}

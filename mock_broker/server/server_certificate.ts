/**
 * The certificate that a server shows.
 *
 * @module
 */

import { LOOPBACK_NAMES } from "./alternative_names.ts";
import type { CertificateAndKey } from "./certificate_and_key.ts";
import type { CertificateAuthority, Validity } from "./certificates.ts";
import type { CertificateFault, ListenOptions } from "./listen_options.ts";
import { isWildcard } from "./loopback.ts";

const DAY_MS = 86_400_000;

/** What can be wrong with a certificate. */
const CERTIFICATE_FAULTS: readonly CertificateFault[] = ["expired", "notYetValid", "wrongName"];

/** What a server shows, and the authority that clients have to trust if it is one of the mock's own. */
export interface ShownCertificate {
  readonly certificate: CertificateAndKey | undefined;
  readonly ca: string | undefined;
}

/** The certificate that the options ask for; none for plain HTTP. */
export async function shownCertificate(
  { tls = true, hostname = "127.0.0.1", names = [], certificateFault: fault }: ListenOptions,
): Promise<ShownCertificate> {
  checkFault(fault, tls);
  if (tls === false) return { certificate: undefined, ca: undefined };
  if (typeof tls === "object" && "cert" in tls) return { certificate: tls, ca: undefined };
  const authority = await authorityOf(tls);
  const shown = fault === "wrongName" ? ["another-host.invalid"] : [...namesOf(hostname), ...names];
  return {
    certificate: await authority.issueServerCertificate(shown, validityWith(fault)),
    ca: authority.cert,
  };
}

function checkFault(fault: CertificateFault | undefined, tls: NonNullable<ListenOptions["tls"]>): void {
  if (fault === undefined) return;
  if (!CERTIFICATE_FAULTS.includes(fault)) {
    throw new TypeError(
      `Option "certificateFault" must be one of ${CERTIFICATE_FAULTS.join(", ")}: ${fault}`,
    );
  }
  if (tls === false || typeof tls === "object" && "cert" in tls) {
    throw new TypeError('Option "certificateFault" needs a certificate of the mock\'s own: leave out "tls"');
  }
}

async function authorityOf(
  tls: Exclude<ListenOptions["tls"], CertificateAndKey>,
): Promise<CertificateAuthority> {
  const { CertificateAuthority } = await import("./certificates.ts");
  return await (typeof tls === "object"
    ? CertificateAuthority.load(tls.authority)
    : CertificateAuthority.create());
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

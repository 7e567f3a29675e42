/**
 * What an HTTPS server needs to show.
 *
 * @module
 */

/** A certificate and its private key. */
export interface CertificateAndKey {
  /** The certificate, as PEM text. */
  cert: string;
  /** The private key, as PEM text (PKCS#8, not encrypted). */
  key: string;
}

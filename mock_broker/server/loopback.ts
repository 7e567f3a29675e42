/**
 * Addresses that no other machine reaches, and those that all do.
 *
 * @module
 */

/** Whether a server on this address is out of reach for other machines. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

/** Whether a server that listens on this address listens on all of them. */
export function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

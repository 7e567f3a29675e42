/**
 * Addresses that no other machine reaches.
 *
 * @module
 */

/** Whether a server on this address is out of reach for other machines. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

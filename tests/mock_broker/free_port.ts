/**
 * Ports for programs of their own.
 *
 * @module
 */

/** A port that is free now. */
export function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return (listener.addr as Deno.NetAddr).port;
}

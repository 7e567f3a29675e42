/**
 * The keys of an external authorization server.
 *
 * @module
 */

/** A JSON Web Key Set (RFC 7517): public keys, as an authorization server publishes them. */
export interface KeySet {
  /** The keys; each is a JSON Web Key, of whatever library's type. */
  readonly keys: readonly object[];
}

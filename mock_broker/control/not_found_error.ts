/**
 * The error for hosts, sessions, faults and worlds that there are not.
 *
 * @module
 */

/** Somebody named a host, a session, a fault or a world that there is not. */
export class NotFoundError extends TypeError {
  override readonly name = "NotFoundError";
}

/**
 * Requests that are refused as a whole.
 *
 * @module
 */

/** A request that gets an error status and the broker's error body, `{"error": "..."}`, and changes nothing. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(readonly status: 400 | 401 | 404 | 405 | 413 | 429, message: string) {
    super(message);
  }
}

/**
 * JSON that is written already.
 *
 * @module
 */

/** An answer as the text that it is sent as. */
export class JsonText {
  constructor(readonly text: string) {}
}

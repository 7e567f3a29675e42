/**
 * What counts as base64 where the API asks for it.
 *
 * @module
 */

/** Whether the text is base64 with its padding, as `PermissionsFile` has to be. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/**
 * Sizes as a person says them.
 *
 * @module
 */

/** Bytes in units of 2^30: `16 GiB`. */
export function gibibytes(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : `${Math.round(bytes / 2 ** 30 * 10) / 10} GiB`;
}

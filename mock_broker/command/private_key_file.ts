/**
 * Files with private keys, which nobody else should be able to read.
 *
 * @module
 */

import { chmod, stat } from "node:fs/promises";
import process from "node:process";

/** Everybody but the owner; and everybody but the owner and a group, which may be meant to read a key. */
const OTHERS = { thanOwner: 0o077, thanGroup: 0o007 } as const;

/**
 * Takes a key file away from others, and tells of it.
 *
 * @throws {Error} If others may read it and that cannot be changed.
 */
export async function keepPrivate(
  path: string,
  others: keyof typeof OTHERS,
  warn: (text: string) => void,
): Promise<void> {
  // Windows has no such modes.
  if (process.platform === "win32") return;
  const mode = (await stat(path)).mode & 0o777;
  const tooMuch = mode & OTHERS[others];
  if (tooMuch === 0) return;
  try {
    await chmod(path, mode & ~tooMuch);
  } catch (cause) {
    throw new Error(
      `Cannot use the private key ${path}: others may read it (mode ${
        octal(mode)
      }), and that cannot be changed: ${(cause as Error).message}`,
      { cause },
    );
  }
  warn(
    `Others could read the private key ${path}: its mode was ${octal(mode)}, and is ${
      octal(mode & ~tooMuch)
    } now`,
  );
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

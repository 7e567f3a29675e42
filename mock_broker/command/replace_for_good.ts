/**
 * Writing a file that must survive the end of the process, and of the machine's power.
 *
 * @module
 */

import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Puts a text in place of a file's. At any moment the file is as it was or as it is to be, also for whoever finds it
 * after a crash. Only one process may do that at a time.
 */
export async function replaceForGood(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.new`;
  try {
    // One that was left by a process that was killed may have another mode.
    await rm(draft, { force: true });
    await writeThrough(draft, text, mode);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeThrough(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name is on the disk, too. Windows sees to that by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

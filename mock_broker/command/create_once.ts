/**
 * Files that several programs may want to create at the same moment.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { link, open, rename, rm, writeFile } from "node:fs/promises";

/** What file systems without hard links answer. */
const WITHOUT_LINKS: readonly unknown[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES"];

/** Creates a file with this text, whole or not at all, unless there is one; whoever comes first wins. */
export async function createOnce(path: string, text: string, mode: number): Promise<void> {
  const draft = await writeDraft(path, text, mode);
  try {
    await link(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (!WITHOUT_LINKS.includes(code)) throw error;
    await createWithoutLinks(path, text, mode);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Writes a file so that whoever reads it finds the old text or the new one, and never a part. */
export async function replaceFile(path: string, text: string, mode: number = 0o644): Promise<void> {
  const draft = await writeDraft(path, text, mode);
  try {
    await rename(draft, path);
  } catch {
    // A file that is mounted into a container cannot be replaced, only written.
    await writeFile(path, text);
    await rm(draft, { force: true });
  }
}

async function writeDraft(path: string, text: string, mode: number): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode, flag: "wx" });
  return draft;
}

async function createWithoutLinks(path: string, text: string, mode: number): Promise<void> {
  try {
    const file = await open(path, "wx", mode);
    await file.writeFile(text);
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * Programs that run in a folder of their own until they have said something.
 *
 * @module
 */

import { assert } from "@std/assert";

/** Runs `use` with an empty folder. */
export async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "permissions_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Starts a program, gives the first line that it prints, and ends it. */
export async function firstLine([program, ...args]: readonly string[], cwd: string): Promise<string> {
  const child = new Deno.Command(program!, { args, cwd, stdin: "null", stdout: "piped", stderr: "inherit" })
    .spawn();
  try {
    let text = "";
    for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += part;
      const end = text.indexOf("\n");
      if (end >= 0) return text.slice(0, end);
    }
    assert(false, `It ended, and had printed: ${text}`);
  } finally {
    try {
      child.kill();
    } catch {
      // It has ended by itself.
    }
    await child.status;
  }
  return "";
}

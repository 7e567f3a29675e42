/**
 * Access tokens that are kept from call to call, in a file that only the user can read.
 *
 * @module
 */

import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { printNote } from "../output/terminal.ts";
import type { CachedToken, TokenCache } from "@dcvkit/session-manager/authorization";

/** Nobody but the user may read what lets anybody in. */
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const OTHERS = 0o077;

type Tokens = Record<string, CachedToken>;

/** The user's file of tokens, in the folder for caches. */
export function tokenFile(): TokenCache {
  const path = tokenFilePath();
  return {
    async get(key) {
      return (await readTokens(path))[key];
    },
    async set(key, token) {
      const now = Date.now();
      const kept = Object.entries(await readTokens(path)).filter(([, { expiresAt }]) => expiresAt > now);
      const text = JSON.stringify({ ...Object.fromEntries(kept), [key]: token });
      await replace(path, text).catch((error) => {
        printNote(`The access token cannot be kept: ${error.message}`);
      });
    },
  };
}

function tokenFilePath(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  const folder = process.platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME;
  return join(folder ?? join(HOME ?? homedir(), ".cache"), "dcvkit", "tokens.json");
}

/** What others could have read is not used; the file is closed to them. */
async function readTokens(path: string): Promise<Tokens> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== "win32" && (mode & OTHERS) !== 0) {
      await chmod(path, OWNER_ONLY_FILE);
      return {};
    }
    const found = Object.entries(Object(JSON.parse(await readFile(path, "utf8"))));
    return Object.fromEntries(found.filter((entry): entry is [string, CachedToken] => isToken(entry[1])));
  } catch {
    return {};
  }
}

/** The file may be damaged. */
function isToken(value: unknown): value is CachedToken {
  const { accessToken, expiresAt } = Object(value) as Partial<CachedToken>;
  return typeof accessToken === "string" && typeof expiresAt === "number";
}

/** As a whole, so that a call at the same time never reads half of it. */
async function replace(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, text, { mode: OWNER_ONLY_FILE });
  await rename(temporary, path);
}

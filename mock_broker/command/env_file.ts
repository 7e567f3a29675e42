/**
 * A file such as `.env`, from which programs take where the broker is and how to come in.
 *
 * @module
 */

import { readFile, rm, stat } from "node:fs/promises";
import type { MockBroker } from "../mock_broker.ts";
import { replaceFile } from "./create_once.ts";

const BEGIN = "# from dcv-mock-broker, until it ends";
const END = "# end of dcv-mock-broker";
const BLOCK = new RegExp(`^${BEGIN}\n(.*\n)*?${END}\n`, "m");

/** There is a secret in it. */
const OWNER_ONLY = 0o600;

/** A file with variables for programs. */
export interface EnvFile {
  /** Takes them out again; a file without anything else goes. */
  remove(): Promise<void>;
}

/** What a file holds that exists, and who may read it. */
interface Found {
  readonly text: string;
  readonly mode: number;
}

/**
 * Puts the broker's variables at the end of a file, where they count more than what stands above, a real broker's
 * say, which stays. The names are those of `dcvsm`, and those of `dcvkit` for what `dcvsm` has none for.
 */
export async function writeEnvFile(
  path: string,
  { credentials: { clientId, clientSecret } }: MockBroker,
  url: string,
  caFile: string | undefined,
): Promise<EnvFile> {
  const variables = {
    DCV_SM_BROKER_URL: url,
    DCV_SM_CLIENT_ID: clientId,
    DCV_SM_CLIENT_PASSWORD: clientSecret,
    ...(caFile !== undefined && url.startsWith("https:") && { DCV_SM_CA_FILE: caFile }),
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(name, value)}\n`);
  const block = `${BEGIN}\n${lines.join("")}${END}\n`;
  try {
    const { text, mode } = await find(path) ?? { text: "", mode: OWNER_ONLY };
    const others = text.replace(BLOCK, "");
    const gap = others === "" || others.endsWith("\n") ? "" : "\n";
    await replaceFile(path, `${others}${gap}${block}`, mode);
  } catch (cause) {
    throw new Error(`Cannot write the variables: ${(cause as Error).message}`, { cause });
  }
  // Somebody else may have changed it, or removed it.
  return { remove: () => takeOut(path, block).catch(() => {}) };
}

async function takeOut(path: string, block: string): Promise<void> {
  const found = await find(path);
  if (found === undefined || !found.text.includes(block)) return;
  const others = found.text.replace(block, "");
  if (others === "") await rm(path);
  else await replaceFile(path, others, found.mode);
}

async function find(path: string): Promise<Found | undefined> {
  try {
    const [text, { mode }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    return { text, mode: mode & 0o777 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** So that shells and the readers of such files in all languages take it as it is. */
function quoted(name: string, value: string): string {
  if (/^[\w@%+=:,./-]+$/.test(value)) return value;
  if (/['\p{Cc}]/u.test(value)) {
    throw new Error(
      `${name} has an apostrophe or a control character, which readers of such files take differently`,
    );
  }
  return `'${value}'`;
}

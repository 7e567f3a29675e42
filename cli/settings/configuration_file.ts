/**
 * The configuration file of AWS's `dcvsm`, so that nobody has to write another one (Session Manager CLI guide,
 * "Configuration file").
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "js-ini";
import { CommandError, EXIT } from "../exit_codes.ts";

/** What the file may say. */
export interface ConfigurationFile {
  /** Where it lies. */
  readonly path: string;
  readonly brokerUrl?: string | undefined;
  /** The token endpoint in full, with its query. */
  readonly authServerUrl?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientPassword?: string | undefined;
  /** Path of a PEM file. */
  readonly caBundle?: string | undefined;
  readonly noVerifySsl?: boolean | undefined;
  readonly debug?: boolean | undefined;
}

const NAME = "dcvsmcli.conf";

/** The places where `dcvsm` looks, in its order. */
export function usualPaths(env: Record<string, string | undefined>, platform: string): string[] {
  if (platform === "win32") return [join(env.USERPROFILE ?? homedir(), NAME), join("conf", NAME)];
  const home = env.XDG_CONFIG_HOME ?? join(env.HOME ?? homedir(), ".config");
  return [join(home, NAME), join("conf", NAME)];
}

/**
 * Reads the file that was named, or the first of the usual ones that is there; none is no fault.
 *
 * @throws {CommandError} If the named one is missing, or the file is no such file.
 */
export async function readConfigurationFile(
  named: string | undefined,
  env: Record<string, string | undefined>,
  platform: string,
): Promise<ConfigurationFile | undefined> {
  for (const path of named === undefined ? usualPaths(env, platform) : [named]) {
    const text = await textOf(path, named !== undefined);
    if (text !== undefined) return parsed(path, text);
  }
  return undefined;
}

async function textOf(path: string, isNeeded: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (!isNeeded && (cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fault(path, (cause as Error).message, cause);
  }
}

function parsed(path: string, text: string): ConfigurationFile {
  let sections;
  try {
    sections = parse(text.replace(/^\uFEFF/, ""), { comment: ["#", ";"], autoTyping: false });
  } catch (cause) {
    throw fault(path, (cause as Error).message, cause);
  }
  const value = (section: string, key: string): string | undefined => {
    const found = (sections[section] as Record<string, unknown> | undefined)?.[key];
    return typeof found === "string" && found !== "" ? found : undefined;
  };
  return {
    path,
    brokerUrl: value("broker", "url"),
    authServerUrl: value("authentication", "auth-server-url"),
    clientId: value("authentication", "client-id"),
    clientPassword: value("authentication", "client-password"),
    caBundle: value("security", "ca-bundle"),
    noVerifySsl: flag(path, "no-verify-ssl", value("security", "no-verify-ssl")),
    debug: flag(path, "debug", value("output", "debug")),
  };
}

function flag(path: string, key: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  if (/^(false|no|off|0)$/i.test(text)) return false;
  throw fault(path, `"${key}" must be true or false: ${text}`);
}

function fault(path: string, found: string, cause?: unknown): CommandError {
  return new CommandError(EXIT.configurationFile, `Cannot use the configuration file ${path}: ${found}`, {
    cause,
  });
}

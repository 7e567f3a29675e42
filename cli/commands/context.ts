/**
 * What every command works with.
 *
 * @module
 */

import type { Command } from "@commander-js/extra-typings";
import type { SessionManagerClient } from "@dcvkit/session-manager";
import { createClient } from "../settings/client.ts";
import { type GlobalOptions, readSettings, type Settings } from "../settings/settings.ts";

/** What every command works with. */
export interface CommandContext {
  readonly client: SessionManagerClient;
  readonly settings: Settings;
}

/** Adds a command to the program; `signal` ends it. */
export type AddCommand = (program: Command<[], Record<string, unknown>>, signal: AbortSignal) => void;

/** Reads the settings, and makes the client that they describe. */
export async function contextOf(command: { optsWithGlobals(): unknown }): Promise<CommandContext> {
  const settings = await readSettings(command.optsWithGlobals() as GlobalOptions);
  return { settings, client: await createClient(settings) };
}

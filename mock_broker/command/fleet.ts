/**
 * The fleets that a command line can name.
 *
 * @module
 */

import { parseFleetFile } from "../description/fleet_file.ts";
import { READY_FLEETS } from "../description/ready_fleets.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import { readText } from "./files.ts";

/** A ready fleet by its name, or the fleet file at a path. */
export async function readFleet(nameOrPath: string): Promise<MockBrokerOptions> {
  return parseFleetFile(readyFleet(nameOrPath) ?? await readFleetText(nameOrPath), nameOrPath);
}

/** The text of a ready fleet, to make a file of. */
export function readyFleetText(name: string): string {
  const text = readyFleet(name);
  if (text !== undefined) return text;
  throw new TypeError(`There is no ready fleet "${name}", only ${readyNames()}`);
}

function readyFleet(name: string): string | undefined {
  return Object.entries(READY_FLEETS).find(([ready]) => ready === name)?.[1];
}

function readyNames(): string {
  return Object.keys(READY_FLEETS).join(", ");
}

async function readFleetText(path: string): Promise<string> {
  try {
    return await readText("fleet file", path);
  } catch (cause) {
    throw new Error(`${(cause as Error).message}; ready fleets are ${readyNames()}`, { cause });
  }
}

/**
 * Files that a person hands to the page: a saved world, or a fleet file.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import { fromJson, type SavedWorld } from "../description/saved_world.ts";
import type { CheckedWorld } from "../description/saved_world_schema.ts";
import { count, type Question, time } from "./view.ts";

/** What a file holds. */
export type WorldFile =
  | { readonly name: string; readonly saved: SavedWorld; readonly world: CheckedWorld }
  | { readonly name: string; readonly fleet: MockBrokerOptions };

/**
 * Reads a file.
 *
 * @throws {TypeError} If it is neither, or broken, with what is wrong.
 */
export async function readWorldFile(name: string, text: string): Promise<WorldFile> {
  if (/^\s*\{/.test(text)) {
    const value = jsonOf(name, text);
    // A saved world says that it is one; other JSON is YAML, too, and may be a fleet file.
    if ("format" in value) {
      return { name, saved: value as SavedWorld, world: fromJson(value) };
    }
  }
  const { parseFleetFile } = await import("../description/fleet_file.ts");
  return { name, fleet: parseFleetFile(text, name) };
}

function jsonOf(name: string, text: string): object {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(`${name} is not JSON: ${(error as Error).message}`);
  }
}

/** Puts what a file holds in the place of the world, or of its fleet. */
export function takeOver(broker: BrokerControl, file: WorldFile): void {
  if ("saved" in file) return broker.restore(file.saved);
  const { clients, control, worlds } = broker.options;
  broker.reconfigure({ ...file.fleet, clients: file.fleet.clients ?? clients, control, worlds });
}

/** What is asked before that. */
export function questionAbout(broker: BrokerControl, file: WorldFile): Question {
  const { hosts, sessions } = broker.state().counts;
  const present = `${count(hosts, "host")} and ${count(sessions, "session")}`;
  if ("fleet" in file) {
    return {
      title: `Take over the fleet of ${file.name}?`,
      text:
        `It describes ${
          count(file.fleet.servers?.length ?? 0, "host")
        }. Of the ${present} here, hosts that ` +
        "it does not name end. Undo brings the world back.",
      yes: "Take over",
    };
  }
  const { clock, state } = file.world;
  return {
    title: `Load ${file.name}?`,
    text: `It was saved when its clock said ${time(new Date(clock.time).toISOString())}, with ` +
      `${count(state.hosts.length, "host")} and ${
        count(state.listedSessions.length, "session")
      }. It takes the place of ` +
      `the ${present} here. Undo brings the world back.`,
    yes: "Load",
  };
}

/** Keeps the file that a question is about, until it is answered; the last one only. */
export class PendingFile {
  #count = 0;
  #file: WorldFile | undefined;

  /** Keeps a file; the name to take it by. */
  keep(file: WorldFile): string {
    this.#file = file;
    return String(++this.#count);
  }

  /** @throws {TypeError} If it is not there any more. */
  take(name: string): WorldFile {
    const file = this.#file;
    if (!file || name !== String(this.#count)) throw new TypeError("Choose the file again: it was not kept");
    this.#file = undefined;
    return file;
  }
}

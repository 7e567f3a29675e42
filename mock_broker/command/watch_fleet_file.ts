/**
 * Taking over a fleet file that is edited while the command runs.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import type { MockBroker } from "../mock_broker.ts";
import { brokerOptions } from "./broker_options.ts";
import type { CommandLine } from "./command_line.ts";
import type { Log } from "./log.ts";

/**
 * How often the file is looked at, in milliseconds. Looking finds changes on network and container file systems too,
 * and unlike Node's `watchFile` it misses none that comes right after the start.
 */
const INTERVAL_MS = 250;

/**
 * Watches the fleet file of a command line, and tells what became of each change, or why it could not be taken over.
 * Its contents decide: a change is taken over once they are the same at two looks, so that a file that is still being
 * written is waited for. An empty file is one whose contents are still to come. Returns how to stop watching.
 */
export async function watchFleetFile(
  broker: MockBroker,
  line: CommandLine,
  path: string,
  log: Log,
): Promise<() => void> {
  let taken = await contentsOf(path);
  let seen = taken;
  let isLooking = false;
  const look = async () => {
    const contents = await contentsOf(path);
    const isSettled = contents === seen;
    seen = contents;
    if (!isSettled || contents === taken || contents?.trim() === "") return;
    taken = contents;
    await takeOver().then((news) => log.fleetFile(path, news), (error) => log.fleetFile(path, error));
  };
  const takeOver = async () => broker.reconfigure(await brokerOptions(line, log.warn));
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => isLooking = false);
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** The file's bytes, one a character; `undefined` for a file that cannot be read. */
async function contentsOf(path: string): Promise<string | undefined> {
  return await readFile(path, "latin1").catch(() => undefined);
}

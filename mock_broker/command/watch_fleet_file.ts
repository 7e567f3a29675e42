/**
 * Taking over a fleet file that is edited while the command runs.
 *
 * @module
 */

import { statSync } from "node:fs";
import type { MockBroker } from "../mock_broker.ts";
import type { Reconfiguration } from "../description/reconfigure.ts";
import { brokerOptions } from "./broker_options.ts";
import type { CommandLine } from "./command_line.ts";

/**
 * How often the file is looked at, in milliseconds. Looking finds changes on network and container file systems too,
 * and unlike Node's `watchFile` it misses none that comes right after the start.
 */
const INTERVAL_MS = 250;

/**
 * Watches the fleet file of a command line, and tells what became of each change, or why it could not be taken over.
 * Returns how to stop that.
 */
export function watchFleetFile(
  broker: MockBroker,
  line: CommandLine,
  path: string,
  tell: (news: Reconfiguration | Error) => void,
): () => void {
  const takeOver = () => brokerOptions(line).then((options) => broker.reconfigure(options)).then(tell, tell);
  let known = stampOf(path);
  const timer = setInterval(() => {
    const stamp = stampOf(path);
    if (stamp === known) return;
    known = stamp;
    void takeOver();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** What differs after a change; `undefined` for a file that is not there. */
function stampOf(path: string): string | undefined {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs} ${size}`;
  } catch {
    return undefined;
  }
}

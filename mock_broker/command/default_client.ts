/**
 * The API client of a broker for which nobody has named one.
 *
 * @module
 */

import { DOCUMENTATION_CLIENT } from "../description/documentation_sessions.ts";
import type { ApiClientOptions } from "../description/api_client.ts";
import { isLoopback } from "../server/loopback.ts";
import type { CommandLine } from "./command_line.ts";

/**
 * Where only this machine can reach the broker, the client of AWS's first example, so that programs that were written
 * after it run as they are. Everybody knows its secret, so that it is none elsewhere: there both are random.
 */
export function defaultClient({ host = "127.0.0.1", control }: CommandLine): ApiClientOptions {
  // Who opens the control API to others says that they reach this machine's loopback, through a proxy say.
  return isLoopback(host) && control !== true ? DOCUMENTATION_CLIENT : {};
}

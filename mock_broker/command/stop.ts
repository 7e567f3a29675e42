/**
 * How the command ends: on a signal, with its standard input, or because somebody asked it to.
 *
 * @module
 */

import process from "node:process";
import type { MockBrokerServer } from "../server/mock_broker_server.ts";
import type { Output } from "./output.ts";

/** How long running requests may take to end, in milliseconds. */
const GRACE_MS = 2_500;

/** How long the last lines may wait for a reader. */
const FLUSH_MS = 250;

/** What has to end with the command. */
export interface Running {
  readonly server: MockBrokerServer;
  readonly output: Output;
  /** What else is to be done, quickly, before the process ends. */
  cleanUp(): Promise<void>;
  /** What is to be done when every request has been answered; false if that went wrong. */
  finish(): Promise<boolean>;
}

/** Ends the process when it is told to: the first signal lets running requests end, the second does not wait for them. */
export function stopWhenTold({ server, output, cleanUp, finish }: Running, withStandardInput: boolean): void {
  let grace = GRACE_MS;
  let ending: Promise<void> | undefined;
  const end = async () => {
    await cleanUp();
    await server.closed;
    const isWell = await finish();
    await output.flush(FLUSH_MS);
    // A write that nobody reads would keep the process alive.
    process.exit(isWell ? 0 : 1);
  };
  const stop = () => {
    void server.close({ grace });
    grace = 0;
    ending ??= end();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  void server.closed.then(stop);
  if (withStandardInput) process.stdin.on("end", stop).on("error", stop).resume();
}

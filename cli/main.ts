/**
 * From a command line to an exit code.
 *
 * @module
 */

import process from "node:process";
import { CommanderError } from "commander";
import { EXIT, exitCodeOf } from "./exit_codes.ts";
import { endWithReader, printNote } from "./output/terminal.ts";
import { createProgram } from "./program.ts";

/** Runs the command that the arguments name; the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  endWithReader();
  const interrupt = new AbortController();
  let exitCode: number = EXIT.interrupted;
  const stop = (signal: NodeJS.Signals) => {
    if (signal === "SIGTERM") exitCode = EXIT.terminated;
    interrupt.abort(new Error("Interrupted"));
  };
  // A second one ends the process at once.
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    await createProgram(interrupt.signal).parseAsync(args, { from: "user" });
    return interrupt.signal.aborted ? exitCode : EXIT.ok;
  } catch (error) {
    if (interrupt.signal.aborted) return exitCode;
    // Commander has told what is wrong with the command line, with the usage.
    if (!(error instanceof CommanderError)) {
      printNote(`dcvkit: ${error instanceof Error ? error.message : error}`);
    }
    return exitCodeOf(error);
  } finally {
    process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
  }
}

/**
 * Completion in the shell: `dcv-mock-broker completion bash` prints a script for it, and that script asks
 * `dcv-mock-broker complete` what may come next.
 *
 * @module
 */

import addCompletion from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { READY_FLEETS } from "../description/ready_fleets.ts";
import { createCommand } from "./command_line.ts";

/** Whether the arguments are for this. */
export function isAboutCompletion([first]: readonly string[]): boolean {
  return first === "completion" || first === "complete";
}

/** Prints what the arguments ask for. */
export function complete(args: readonly string[]): void {
  const command = createCommand() as unknown as Command;
  const completion = addCompletion(command, { completionCommandName: "completion" });
  for (const option of ["fleet", "print-fleet"]) {
    const known = completion.options.get(option);
    if (known === undefined) continue;
    known.handler = (add) => Object.keys(READY_FLEETS).forEach((name) => add(name, "a ready fleet"));
  }
  command.parse(args, { from: "user" });
}

/**
 * `dcvkit doctor`: what is wrong between here and the broker, and how to mend it.
 *
 * @module
 */

import { examine } from "../doctor/doctor.ts";
import { CommandError, EXIT } from "../exit_codes.ts";
import { styleText } from "node:util";
import { hasColours, print, printable, printStyled } from "../output/terminal.ts";
import { type GlobalOptions, readSettings } from "../settings/settings.ts";
import type { AddCommand } from "./context.ts";

/** `dcvkit doctor`. */
export const addDoctor: AddCommand = (program, signal) => {
  program.command("doctor")
    .description("find out what is wrong between here and the broker, and how to mend it")
    .action(async (_options, command) => {
      const settings = await readSettings(command.optsWithGlobals() as GlobalOptions);
      for await (const { step, isWell, seen, mend } of examine(settings, signal)) {
        printStyled(
          `${isWell ? painted("green", "ok   ") : painted("red", "WRONG")}  ${step.padEnd(11)}  ${
            printable(seen)
          }`,
        );
        if (isWell) continue;
        if (mend !== undefined) print(`       ${mend}`);
        throw new CommandError(
          step === "Broker" ? EXIT.service : EXIT.environment,
          `${step} is not as it should be`,
        );
      }
    });
};

function painted(colour: "green" | "red", text: string): string {
  return hasColours() ? styleText(colour, text, { validateStream: false }) : text;
}

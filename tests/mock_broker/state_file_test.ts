import { commandLine } from "./command.ts";
import { stateFileChecks } from "./state_file_checks.ts";

const COMMAND = [Deno.execPath(), ...commandLine()];

for (const [what, check] of Object.entries(stateFileChecks(20))) {
  Deno.test({
    name: `a world in a state file goes on when ${what}`,
    // Windows has no such signals.
    ignore: Deno.build.os === "windows",
    fn: () => check(COMMAND),
  });
}

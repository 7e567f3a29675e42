import { commandLine } from "./command.ts";
import { SURROUNDINGS } from "./command_surroundings.ts";

for (const [what, check] of Object.entries(SURROUNDINGS)) {
  Deno.test({
    name: `the command goes on, and ends within three seconds when it is told to, when ${what}`,
    // Windows has no shell of POSIX to close an output with.
    ignore: Deno.build.os === "windows",
    fn: () => check([Deno.execPath(), ...commandLine()]),
  });
}

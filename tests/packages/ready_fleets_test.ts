import { assertEquals } from "@std/assert";
import { Installation, RUNTIMES } from "./installation.ts";

/** The ready fleets, and how many hosts they have. */
const FLEETS = { "small-lab": 6, "large": 1_000, "in-trouble": 8 };

Deno.test("the command serves each ready fleet on every runtime, and stops when it is told to", async (t) => {
  await using installation = await Installation.create();
  const program = new URL("command_walk.mjs", import.meta.url);
  await installation.write("command_walk.mjs", await Deno.readTextFile(program));
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    for (const [fleet, servers] of Object.entries(FLEETS)) {
      await t.step(`${fleet} on ${runtime}`, async () => {
        const output = await installation.run([...command, "command_walk.mjs", fleet]);
        // A program cannot be asked to end on Windows, only ended.
        const exitCode = Deno.build.os === "windows" ? null : 0;
        assertEquals(JSON.parse(output), { servers, exitCode });
      });
    }
  }
});

import { assertMatch } from "@std/assert";
import { walkDcvkit } from "../cli/walk.ts";
import { Installation, RUNTIMES } from "./installation.ts";

Deno.test({
  name: "dcvkit does a day's work on every runtime, as it comes from npm",
  // Windows has neither POSIX signals nor the terminals that this types into.
  ignore: Deno.build.os === "windows",
  async fn(t) {
    await using installation = await Installation.create();
    const cli = `${installation.folder}/node_modules/@dcvkit/cli/esm/cli.js`;
    for (const [runtime, command] of Object.entries(RUNTIMES)) {
      // npx would not pass on the signal that ends a command.
      const executable = (await installation.run([...command, "-p", "process.execPath"])).trim();
      await t.step(runtime, () => walkDcvkit([executable, cli]));
    }
  },
});

Deno.test("npx runs dcvkit from its package", async () => {
  await using installation = await Installation.create();
  assertMatch(await installation.run(["npx", "dcvkit", "--help"]), /^Usage: dcvkit /m);
});

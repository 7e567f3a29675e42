/**
 * docs/dcvkit.md, word for word: its commands in one shell session, against the ready fleet `small-lab`.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { createStage } from "./dcvkit.ts";

/** The blocks of the guide that are to be run: `sh`, without `ignore`. */
async function commands(): Promise<string[]> {
  const guide = await Deno.readTextFile(new URL("../../docs/dcvkit.md", import.meta.url));
  return [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
}

Deno.test("the guide to dcvkit works as it is printed", { ignore: Deno.build.os === "windows" }, async () => {
  const fleet = parseFleetFile(READY_FLEETS["small-lab"]);
  await using stage = await createStage({ ...fleet, clock: { speed: 100 } });
  const blocks = await commands();
  const shell = new Deno.Command("bash", {
    args: ["-euo", "pipefail", "-c", `dcvkit() { ${stage.shellCommand} "$@"; }\n${blocks.join("\n")}`],
    cwd: stage.folder,
    env: stage.env,
    clearEnv: true,
    stdin: "null",
  });
  const { code, stdout, stderr } = await shell.output();
  const [said, told] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(code, 0, told);
  assertStringIncludes(said!, "0 different");
  assertStringIncludes(await Deno.readTextFile(`${stage.folder}/simulation.dcv`), "[connect]");
  assertStringIncludes(await Deno.readTextFile(`${stage.folder}/contract.md`), "## Different\n\nNone.");
});

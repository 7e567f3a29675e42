/**
 * docs/dcvkit.md, word for word: its commands in one shell session, against the ready fleet `small-lab`.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { connect } from "../mock_broker/desktop_visit.ts";
import { createStage, type Stage } from "./dcvkit.ts";

/** The blocks of the guide that are to be run: `sh`, without `ignore`. */
async function commands(): Promise<string[]> {
  const guide = await Deno.readTextFile(new URL("../../docs/dcvkit.md", import.meta.url));
  return [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
}

/** Goes where the browser was sent; the status of what answers there. */
async function visitOf({ opened }: { opened(): Promise<string[]> }, { broker }: Stage): Promise<number> {
  let urls: string[] = [];
  for (; urls.length === 0; urls = await opened().catch(() => [])) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const answer = await connect(broker, urls[0]!);
  await answer.body?.cancel();
  return answer.status;
}

/** A browser that writes down where it was sent, under the names by which one is started. */
async function standInForBrowser({ folder, env }: Stage): Promise<{ opened(): Promise<string[]> }> {
  const bin = `${folder}/bin`;
  await Deno.mkdir(bin);
  for (const name of ["xdg-open", "open", "browser"]) {
    await Deno.writeTextFile(`${bin}/${name}`, `#!/bin/sh\necho "$1" >> '${folder}/opened'\n`, {
      mode: 0o755,
    });
  }
  env.PATH = `${bin}:${env.PATH}`;
  env.BROWSER = `${bin}/browser`;
  return { opened: async () => (await Deno.readTextFile(`${folder}/opened`)).trim().split("\n") };
}

Deno.test("the guide to dcvkit works as it is printed", { ignore: Deno.build.os === "windows" }, async () => {
  const fleet = parseFleetFile(READY_FLEETS["small-lab"]);
  await using stage = await createStage({ ...fleet, clock: { speed: 100 } });
  const browser = await standInForBrowser(stage);
  // Sessions end within the day, and a desktop that was opened is looked at while its session is there.
  const visits: Promise<number>[] = [];
  stage.broker.journal.subscribe(({ operation, status }) => {
    if (operation !== "getSessionConnectionData" || status !== 200 || visits.length > 0) return;
    visits.push(visitOf(browser, stage));
  });
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
  assertEquals(await Promise.all(visits), [200]);
  assertStringIncludes(said!, "0 different");
  assertStringIncludes(await Deno.readTextFile(`${stage.folder}/simulation.dcv`), "[connect]");
  assertStringIncludes(await Deno.readTextFile(`${stage.folder}/contract.md`), "## Different\n\nNone.");
});

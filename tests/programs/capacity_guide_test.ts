/** The guide to capacity shows what the command prints. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { simulated } from "../../mock_broker/command/simulate.ts";

const GUIDE = await Deno.readTextFile(new URL("../../docs/capacity.md", import.meta.url));
const PLOT = await Deno.readTextFile(new URL("../../docs/images/capacity.svg", import.meta.url));

/** The texts of the blocks in this language. */
function blocks(language: string): string[] {
  return [...GUIDE.matchAll(new RegExp(`\n\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, text]) => text!);
}

Deno.test("the guide's fleet and demand come to the tables and the plot that it shows", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = ["lab.yaml", "demand.yaml"].map((name) => `${folder}/${name}`);
    await Promise.all(blocks("yaml").map((text, index) => Deno.writeTextFile(files[index]!, text)));
    const args = ["--fleet", files[0]!, "--demand", files[1]!];
    const tables = [await simulated(args), await simulated([...args, "--hosts", "8,10,12,14,16"])];
    assertEquals(blocks("text"), tables);
    // The picture is formatted as all files of the repository are.
    const solid = (text: string) => text.replace(/\s/g, "");
    assertEquals(solid(await simulated([...args, "--format", "svg"])), solid(PLOT));
    const { started, wait } = JSON.parse(await simulated([...args, "--format", "json"]));
    assertStringIncludes(tables[0]!, `started       ${started} `);
    assertEquals(Math.round(wait.p95 / 60_000), 15);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

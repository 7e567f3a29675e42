import { assertEquals } from "@std/assert";
import { textModule, WEB_SCRIPTS } from "../../scripts/web_scripts.ts";

for (const script of WEB_SCRIPTS) {
  Deno.test(`the text that is served of ${script} is its text`, async () => {
    const { path, text } = await textModule(script);
    assertEquals(await Deno.readTextFile(path), text, "The script has changed: run `deno task web-scripts`");
  });
}

/**
 * Writes the scripts of web pages as texts, to be served: `browser.js` as `browser_text.ts`. A function's own text would
 * do, but for the bundlers and coverage tools that change functions in what they make of this package.
 *
 * @module
 */

import { textModule, WEB_SCRIPTS } from "./web_scripts.ts";

for (const script of WEB_SCRIPTS) {
  const { path, text } = await textModule(script);
  await Deno.writeTextFile(path, text);
}

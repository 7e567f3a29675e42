/**
 * The scripts that run in web pages: plain JavaScript, one function a file.
 *
 * @module
 */

/** From the root of the repository. */
export const WEB_SCRIPTS: readonly string[] = [
  "mock_broker/console/scripts/clock.js",
  "mock_broker/console/scripts/feedback.js",
  "mock_broker/console/scripts/files.js",
  "mock_broker/console/scripts/live.js",
  "mock_broker/console/scripts/map.js",
  "mock_broker/console/scripts/morph.js",
  "mock_broker/console/scripts/waiting.js",
  "mock_broker/connectors/desktop/browser.js",
  "mock_broker/connectors/desktop/open_connection.js",
  "mock_broker/connectors/desktop/web_client_sdk.js",
];

/** The module that holds a script's function as a text. */
export async function textModule(script: string): Promise<{ path: string; text: string }> {
  const [name, fn] = await functionIn(script);
  const text = `/**
 * The text of \`${name}()\`, written by \`deno task web-scripts\`.
 *
 * @module
 */

// deno-fmt-ignore
export const ${constantName(name)}: string = ${JSON.stringify(`${fn}`)};
`;
  return { path: script.replace(/\.js$/, "_text.ts"), text };
}

async function functionIn(script: string): Promise<[name: string, fn: unknown]> {
  const functions = Object.entries(await import(new URL(`../${script}`, import.meta.url).href));
  if (functions.length !== 1) {
    throw new Error(`${script} exports ${functions.length} things, not one function`);
  }
  return functions[0]!;
}

/** `runConsole` as `RUN_CONSOLE`. */
function constantName(name: string): string {
  return name.replaceAll(/[A-Z]/g, "_$&").toUpperCase();
}

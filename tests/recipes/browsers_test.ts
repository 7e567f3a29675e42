/**
 * The recipes that Playwright runs; docs/end_to_end.md is the guide to the first.
 *
 * @module
 */

import { Recipe } from "./recipe.ts";

/** A recipe that Playwright runs, and where its files name a port: tests that run at once need others. */
interface InBrowser {
  readonly config: string;
  readonly files: readonly string[];
  readonly ports: readonly string[];
}

const RECIPES: Readonly<Record<string, InBrowser>> = {
  playwright: {
    config: "playwright.config.mjs",
    files: ["playwright.config.mjs", "portal.mjs", "portal.spec.mjs"],
    ports: ["3000", "8443"],
  },
  web_page: { config: "playwright.config.js", files: ["playwright.config.js"], ports: ["5173"] },
};

/** The recipe's own settings, with a browser that comes from npm. */
const withBrowser = (config: string) => `
import process from "node:process";
import own from "./${config}";
process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
const { default: packaged } = await import("@sparticuz/chromium");
const launchOptions = { executablePath: await packaged.executablePath(), args: ["--no-sandbox"] };
export default { ...own, use: { ...own.use, launchOptions } };
`;

for (const [name, { config, files, ports }] of Object.entries(RECIPES)) {
  Deno.test({
    name: `examples/${name} passes in an empty folder, in a browser`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using recipe = await Recipe.copy(name);
      const moved = new Map(ports.map((port) => [port, freePort()]));
      for (const file of files) await recipe.change(file, (text) => withPorts(text, moved));
      await recipe.write("here.config.mjs", withBrowser(config));
      await recipe.run(["npm", "install", "--save-dev", "@sparticuz/chromium@^153"]);
      await recipe.run(["npm", "test", "--", "--config", "here.config.mjs"]);
    },
  });
}

function withPorts(text: string, ports: ReadonlyMap<string, number>): string {
  const moved = text.replace(/\b\d{4}\b/g, (port) => String(ports.get(port) ?? port));
  return moved.replace("--no-tls", `--no-tls --port ${ports.get("8443")}`);
}

/** A port that nobody listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

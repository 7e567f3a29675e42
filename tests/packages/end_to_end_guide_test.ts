import { Installation } from "./installation.ts";

/** What docs/end_to_end.md has the reader write into an empty folder. */
const PROGRAMS = ["portal.mjs", "playwright.config.mjs", "portal.spec.mjs"];

/** The guide's own settings, with a browser that comes from npm. */
const CONFIG = `
import process from "node:process";
import guide from "./playwright.config.mjs";
process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
const { default: packaged } = await import("@sparticuz/chromium");
const launchOptions = { executablePath: await packaged.executablePath(), args: ["--no-sandbox"] };
export default { ...guide, use: { ...guide.use, launchOptions } };
`;

Deno.test({
  name: "the tests of the guide to end-to-end tests pass with the packages from npm",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using installation = await Installation.create(
      "@playwright/test@^1.65",
      "@sparticuz/chromium@^153",
    );
    const ports = new Map([["3000", freePort()], ["8443", freePort()]]);
    for (const name of PROGRAMS) {
      const text = await Deno.readTextFile(`examples/playwright/${name}`);
      const moved = text.replace(/\b(3000|8443)\b/g, (port) => String(ports.get(port)))
        .replace("--no-tls", `--no-tls --port ${ports.get("8443")}`);
      await installation.write(name, moved);
    }
    await installation.write("here.config.mjs", CONFIG);
    await installation.run(["npx", "playwright", "test", "--config", "here.config.mjs"]);
  },
});

/** A port that nobody listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

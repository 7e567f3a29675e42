import { build, type BuildOptions, stop } from "esbuild";
import { assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { CLIENT } from "../../scripts/npm/packages.ts";
import { Installation } from "./installation.ts";

/** What web/program.ts sees when all is well. */
const EXPECTED = ["READY", true, ["desktop"], "AUTHENTICATION_FAILED"];

/** Entry points that are for servers only. */
const SERVER_ONLY = ["./tls"];

/** Bundles a script of the installation for the web. esbuild's warnings are errors here. */
async function bundle({ folder }: Installation, script: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: script, resolveDir: folder },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    ...options,
  });
  await stop();
  assertEquals(warnings, []);
  return outputFiles![0]!.text;
}

function aBroker(): MockBroker {
  return new MockBroker({ clock: { speed: 100 } });
}

/** Serves a page that runs the script. */
function servePage(script: string): Deno.HttpServer<Deno.NetAddr> {
  const page = `<!doctype html><title>At work</title><body><script type="module" src="/script.js"></script>`;
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) =>
      request.url.endsWith("/script.js")
        ? new Response(script, { headers: { "Content-Type": "text/javascript" } })
        : new Response(page, { headers: { "Content-Type": "text/html" } }),
  );
}

Deno.test("every module of the client but ./tls is bundled for browsers without Node's modules", async (t) => {
  await using installation = await Installation.create();
  for (const path of Object.keys(CLIENT.exports).filter((path) => !SERVER_ONLY.includes(path))) {
    await t.step(path, async () => {
      const script = `export * from ${JSON.stringify(CLIENT.name + path.slice(1))};`;
      assertEquals((await bundle(installation, script)).match(/["']node:[^"']+["']/g), null);
    });
  }
});

Deno.test("the client works in a browser", async () => {
  await using installation = await Installation.create("playwright-core@^1.65", "@sparticuz/chromium@^153");
  await Deno.copyFile("tests/packages/web/program.ts", `${installation.folder}/program.ts`);
  await Deno.copyFile("tests/packages/web/browse.mjs", `${installation.folder}/browse.mjs`);
  const broker = aBroker();
  await using server = await broker.listen({ port: 0, tls: false, cors: true });
  const { credentials } = broker;
  await using page = servePage(
    await bundle(
      installation,
      `import { program } from "./program.ts";
      const outcome = await program(${JSON.stringify({ url: server.url, credentials })}).catch(String);
      document.body.textContent = JSON.stringify(outcome);
      document.title = "Done";`,
    ),
  );
  const said = await installation.run(["node", "browse.mjs", `http://127.0.0.1:${page.addr.port}/`]);
  assertEquals(JSON.parse(said), EXPECTED);
});

Deno.test("the client works in workerd, as at the edge", async () => {
  await using installation = await Installation.create("workerd@^1");
  await Deno.copyFile("tests/packages/web/program.ts", `${installation.folder}/program.ts`);
  const broker = aBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const { credentials } = broker;
  const worker = `import { program } from "./program.ts";
    export default {
      async test() {
        const outcome = JSON.stringify(await program(${JSON.stringify({ url: server.url, credentials })}));
        if (outcome !== ${JSON.stringify(JSON.stringify(EXPECTED))}) throw new Error(outcome);
      },
    };`;
  await installation.write("worker.js", await bundle(installation, worker));
  await Deno.copyFile("tests/packages/web/workerd.capnp", `${installation.folder}/workerd.capnp`);
  await installation.run(["npx", "workerd", "test", "workerd.capnp"]);
});

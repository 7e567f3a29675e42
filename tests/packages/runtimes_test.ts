import { build, stop } from "esbuild";
import { CLIENT, MOCK_BROKER } from "../../scripts/npm/packages.ts";
import { Installation, RUNTIMES } from "./installation.ts";

const SPECIFIERS = [CLIENT, MOCK_BROKER].flatMap(({ name, exports }) =>
  Object.keys(exports).map((path) => name + path.slice(1))
);

/** The integration tests in JavaScript that every supported Node reads. */
async function transpileTests(folder: string): Promise<void> {
  await build({
    entryPoints: ["tests/integration/*_test.ts"],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    target: "node20",
    logLevel: "warning",
  });
  await stop();
}

async function nodeTests({ folder }: Installation): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(folder));
  return files.map(({ name }) => name).filter((name) => name.endsWith("_test.mjs"));
}

Deno.test("the integration tests pass on every runtime, with the packages from npm", async (t) => {
  await using installation = await Installation.create();
  await transpileTests(installation.folder);
  const tests = await nodeTests(installation);
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    const runner = runtime === "Bun" ? ["test"] : ["--test"];
    await t.step(runtime, async () => {
      await installation.run([...command, ...runner, ...tests]);
    });
  }
});

Deno.test("require() loads every module on every runtime, the same copy as import", async (t) => {
  await using installation = await Installation.create();
  await installation.write(
    "load.cjs",
    `(async () => {
      for (const specifier of ${JSON.stringify(SPECIFIERS)}) {
        const required = Object.entries(require(specifier));
        if (required.length === 0) throw new Error("Nothing in " + specifier);
        const imported = await import(specifier);
        for (const [name, value] of required) {
          if (imported[name] !== value) throw new Error("Two copies of " + name + " of " + specifier);
        }
      }
    })();`,
  );
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    await t.step(runtime, async () => {
      await installation.run([...command, "load.cjs"]);
    });
  }
});

Deno.test("a Node that requires no ESM gets every module all the same", async () => {
  await using installation = await Installation.create();
  const text = `for (const specifier of ${JSON.stringify(SPECIFIERS)}) {
    if (Object.keys(require(specifier)).length === 0) throw new Error("Nothing in " + specifier);
  }`;
  await installation.write("load.cjs", text);
  const node = [...RUNTIMES["Node 22"], "--no-experimental-require-module"];
  await installation.run([...node, "load.cjs"]);
});

/**
 * Builds the documentation as a site in `site/`: the guides of docs/ by VitePress, and with them the API of the
 * libraries by TypeDoc. Fails on a link that leads nowhere.
 *
 * @module
 */

import { CLIENT, MOCK_BROKER, type NpmPackage } from "./npm/packages.ts";
import { DENO, run } from "./run.ts";
import { brokenAnchors } from "./site/anchors.ts";
import { examplePages } from "./site/examples.ts";
import { linkWithinSite } from "./site/links.ts";

const OUTPUT = "site";

/** Pages that lie elsewhere in the repository. */
const PROJECT_PAGES: readonly (readonly [source: string, page: string])[] = [
  ["CHANGELOG.md", "project/changelog.md"],
  ["CONTRIBUTING.md", "project/contributing.md"],
];

/** The tools need a `node_modules`, which this repository has none of: they run in a folder of their own. */
const work = await Deno.makeTempDir({ prefix: "dcvkit_site_" });
try {
  await copyTools();
  await copyGuides();
  for (const npmPackage of [CLIENT, MOCK_BROKER]) await describeApi(npmPackage);
  await run(DENO, ["run", "-A", "--quiet", "npm:vitepress", "build", "docs"], work);
  const problems = await brokenAnchors(`${work}/docs/.vitepress/dist`);
  if (problems.length > 0) throw new Error(`Links that lead nowhere:\n${problems.join("\n")}`);
  await Deno.remove(OUTPUT, { recursive: true }).catch(() => {});
  await copyFolder(`${work}/docs/.vitepress/dist`, OUTPUT);
} finally {
  await Deno.remove(work, { recursive: true });
}
console.log(`The site is in ${OUTPUT}/`);

async function copyTools(): Promise<void> {
  await Deno.copyFile("scripts/site/tools.json", `${work}/deno.json`);
  await Deno.copyFile("scripts/site/tools.lock", `${work}/deno.lock`);
  await run(DENO, ["install", "--quiet", "--frozen"], work);
}

/** The guides as they are, but for links to what is no guide. */
async function copyGuides(): Promise<void> {
  await copyFolder("docs", `${work}/docs`);
  // For what names pictures by their address on the site: the logo, and the first page.
  await copyFolder("docs/images", `${work}/docs/public/images`);
  await Deno.mkdir(`${work}/docs/project`);
  for (const [source, page] of [...await guides(), ...PROJECT_PAGES]) {
    const text = await Deno.readTextFile(source);
    await Deno.writeTextFile(`${work}/docs/${page}`, linkWithinSite(text, source, page));
  }
  await Deno.mkdir(`${work}/docs/examples`);
  for (const [page, text] of await examplePages()) await Deno.writeTextFile(`${work}/docs/${page}`, text);
}

async function guides(): Promise<[source: string, page: string][]> {
  const names = await Array.fromAsync(Deno.readDir("docs"), ({ name }) => name);
  return names.filter((name) => name.endsWith(".md")).map((name) => [`docs/${name}`, name]);
}

async function describeApi({ name, source, exports }: NpmPackage): Promise<void> {
  const folder = name.split("/")[1]!;
  const root = Deno.cwd();
  const entryPoints = await entriesOf(folder, exports, `${root}/${source}`);
  const paths = Object.fromEntries(
    Object.entries(CLIENT.exports).map(([path, module]) => [
      path === "." ? CLIENT.name : `${CLIENT.name}/${path.slice(2)}`,
      [`${root}/${module}`],
    ]),
  );
  const tsconfig = `${work}/${folder}.tsconfig.json`;
  const compilerOptions = {
    target: "ES2023",
    lib: ["ES2024", "DOM", "DOM.Iterable", "ESNext.Disposable"],
    module: "NodeNext",
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    paths,
  };
  await Deno.writeTextFile(tsconfig, JSON.stringify({ compilerOptions, files: entryPoints }));
  await run(DENO, [
    ...["run", "-A", "--quiet", "npm:typedoc"],
    ...["--name", name, "--tsconfig", tsconfig, "--basePath", `${work}/entries/${folder}`],
    // What the packages are written in is checked elsewhere; here only comments and shapes are read.
    ...["--skipErrorChecking", "--logLevel", "Error", "--readme", "none", "--disableSources"],
    ...["--plugin", "typedoc-plugin-markdown", "--plugin", "typedoc-vitepress-theme"],
    ...["--entryFileName", "index", "--hideBreadcrumbs", "--hidePageHeader"],
    ...["--docsRoot", "docs", "--out", `docs/api/${folder}`],
    ...entryPoints,
  ], work);
}

/** A module for each entry point, named as it is imported and with its comment: TypeDoc names modules by their files. */
async function entriesOf(
  folder: string,
  exports: NpmPackage["exports"],
  source: string,
): Promise<string[]> {
  await Deno.mkdir(`${work}/entries/${folder}`, { recursive: true });
  return await Promise.all(
    Object.entries(exports).map(async ([name, module]) => {
      const path = `${source}/${module}`;
      const [comment = ""] = /^\/\*\*[\s\S]*?\*\//.exec(await Deno.readTextFile(path)) ?? [];
      const entry = `${work}/entries/${folder}/${name === "." ? folder : name.slice(2)}.ts`;
      await Deno.writeTextFile(entry, `${comment}\n\nexport * from "${path}";\n`);
      return entry;
    }),
  );
}

async function copyFolder(source: string, target: string): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(source)) {
    if (isDirectory) await copyFolder(`${source}/${name}`, `${target}/${name}`);
    else await Deno.copyFile(`${source}/${name}`, `${target}/${name}`);
  }
}

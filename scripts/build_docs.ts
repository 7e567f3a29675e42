/**
 * Builds the documentation as a site in `site/`: the API of both packages by `deno doc`, and the guides.
 *
 * @module
 */

import { marked } from "marked";
import { type NpmPackage, PACKAGES } from "./npm/packages.ts";
import { DENO, run } from "./run.ts";

const OUTPUT = "site";

await Deno.mkdir(`${OUTPUT}/docs`, { recursive: true });
for (const npmPackage of PACKAGES) await documentApi(npmPackage);
await writePage("README.md", "index.html");
for (const guide of ["CHANGELOG", "CONTRIBUTING"]) await writePage(`${guide}.md`, `${guide}.html`);
for await (const { name } of Deno.readDir("docs")) {
  if (name.endsWith(".md")) await writePage(`docs/${name}`, `docs/${name.replace(/md$/, "html")}`);
}
// The pages link to these, too.
await Deno.copyFile("LICENSE", `${OUTPUT}/LICENSE`);
await copyFiles("examples");
await copyFiles("docs/images");
console.log(`The site is in ${OUTPUT}/`);

async function copyFiles(folder: string): Promise<void> {
  await Deno.mkdir(`${OUTPUT}/${folder}`, { recursive: true });
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile) await Deno.copyFile(`${folder}/${name}`, `${OUTPUT}/${folder}/${name}`);
  }
}

function apiFolder({ source }: NpmPackage): string {
  return source === "." ? "session_manager" : source;
}

async function documentApi(npmPackage: NpmPackage): Promise<void> {
  const modules = Object.values(npmPackage.exports).map((module) => `${npmPackage.source}/${module}`);
  const output = `--output=${OUTPUT}/${apiFolder(npmPackage)}`;
  await run(DENO, ["doc", "--quiet", "--html", `--name=${npmPackage.name}`, output, ...modules]);
}

/** Links between the guides are made for readers of the repository. */
async function writePage(source: string, target: string): Promise<void> {
  const markdown = (await Deno.readTextFile(source)).replaceAll(/(\]\([^):]+)\.md([)#])/g, "$1.html$2");
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? source;
  await Deno.writeTextFile(`${OUTPUT}/${target}`, page(title, await marked(markdown), target));
}

function page(title: string, content: string, target: string): string {
  const root = "../".repeat(target.split("/").length - 1);
  const apis = PACKAGES.map((npmPackage) =>
    `<a href="${root}${apiFolder(npmPackage)}/index.html">${npmPackage.name}</a>`
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
  pre { overflow-x: auto; padding: 1rem; background: color-mix(in srgb, currentColor 8%, transparent); }
  table { display: block; overflow-x: auto; border-collapse: collapse; }
  th, td { text-align: left; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; }
</style>
<nav>API: ${apis.join(" · ")} · <a href="${root}index.html">Guide</a></nav>
<main>
${content}</main>
</html>
`;
}

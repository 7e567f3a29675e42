import { assertEquals } from "@std/assert";
import { build, stop } from "esbuild";
import { basename } from "node:path/posix";
import { minVersion, satisfies } from "semver";
import {
  builtNames,
  CLIENT,
  type NpmPackage,
  packageJson,
  PACKAGES,
  tarball,
} from "../../scripts/npm/packages.ts";
import { Installation, runIn } from "./installation.ts";

/** What lies beside the modules. */
const OTHER_FILES = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];

async function contents(npmPackage: NpmPackage): Promise<string[]> {
  const listing = await runIn(".", ["tar", "-tzf", tarball(npmPackage)]);
  return listing.trim().split(/\r?\n/).map((path) => path.replace("package/", ""));
}

/** The modules in a folder of the source, as paths from it. */
async function* modules(folder: string, path = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${path}`)) {
    if (isDirectory) yield* modules(folder, `${path}${name}/`);
    else if (/\.(tsx?|js)$/.test(name)) yield path + name;
  }
}

async function sourceModules({ source }: NpmPackage): Promise<string[]> {
  if (source !== ".") return await Array.fromAsync(modules(source));
  return ["mod.ts", ...await Array.fromAsync(modules(".", "src/"))];
}

/** The packages that the built modules and their types import, without Node's own. */
async function importedPackages({ output }: NpmPackage, half = "esm"): Promise<string[]> {
  const folder = `${output}/${half}`;
  const files = await Array.fromAsync(builtFiles(folder));
  const { metafile } = await build({
    entryPoints: files.filter((path) => path.endsWith(".js")).map((path) => `${folder}/${path}`),
    outdir: "unused",
    write: false,
    bundle: true,
    metafile: true,
    logLevel: "silent",
    platform: "node",
    format: "esm",
    packages: "external",
  });
  await stop();
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const specifiers = imports.filter(({ external }) => external).map(({ path }) => path);
  for (const path of files.filter((path) => path.endsWith(".d.ts"))) {
    const types = (await Deno.readTextFile(`${folder}/${path}`)).replaceAll(/\/\*.*?\*\//gs, "");
    specifiers.push(
      ...[...types.matchAll(/^(?:im|ex)port\b.*?from "([^."][^"]*)"/gms)].map((match) => match[1]!),
    );
  }
  const packages = specifiers.filter((specifier) => !specifier.startsWith("node:"))
    .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)![0]);
  return [...new Set(packages)].sort();
}

async function aboutOf({ folder }: Installation, name: string) {
  return JSON.parse(await Deno.readTextFile(`${folder}/node_modules/${name}/package.json`));
}

async function isOnlyEsm(installation: Installation, name: string): Promise<boolean> {
  const { type, exports } = await aboutOf(installation, name);
  return type === "module" && !JSON.stringify(exports ?? {}).includes('"require"');
}

/** What a package wants to be installed beside it. */
async function peersOf(installation: Installation, name: string): Promise<string[]> {
  const about = await aboutOf(installation, name);
  const isOptional = (peer: string) => about.peerDependenciesMeta?.[peer]?.optional === true;
  return Object.keys(about.peerDependencies ?? {}).filter((peer) => !isOptional(peer));
}

/** The files of a built package, as paths from its folder. */
async function* builtFiles(folder: string, path = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${path}`)) {
    if (isDirectory) yield* builtFiles(folder, `${path}${name}/`);
    else yield path + name;
  }
}

for (const npmPackage of PACKAGES) {
  Deno.test(`${npmPackage.name} holds a script for each entry point, types, what goes with them, and nothing else`, async () => {
    const all = await contents(npmPackage);
    const files = all.filter((path) => !path.startsWith("cjs/"));
    const isTypes = (path: string) => path.endsWith(".d.ts");
    // A command has the libraries in it that it needs at each start.
    const isShared = (path: string) => /^esm\/(shared\/\w+\.js|command\/(\w+\.js|LICENSES\.txt))$/.test(path);
    const entryPoints = [...Object.values(npmPackage.exports), ...Object.values(npmPackage.bin)]
      .map((path) => `esm/${path.slice("./".length).replace(/\.tsx?$/, ".js")}`);
    assertEquals(
      files.filter((path) => !isTypes(path) && !isShared(path)).sort(),
      [...OTHER_FILES, ...npmPackage.assets.map((path) => basename(path)), ...entryPoints].sort(),
    );
    const modules = (await sourceModules(npmPackage)).map((path) =>
      `esm/${path.replace(/\.(tsx?|js)$/, ".d.ts")}`
    );
    assertEquals(files.filter(isTypes).filter((path) => !modules.includes(path)), []);
  });

  Deno.test(`the CommonJS copy of ${npmPackage.name} holds what its entry points need`, async () => {
    const files = await contents(npmPackage);
    const copied = files.filter((path) => path.startsWith("cjs/")).map((path) => path.slice("cjs/".length));
    if (Object.keys(npmPackage.exports).length === 0) return assertEquals(copied, []);
    const entryPoints = builtNames(npmPackage.exports).map((path) => `${path}.js`);
    assertEquals(entryPoints.filter((path) => !copied.includes(path)), []);
    const others = copied.filter((path) => !files.includes(`esm/${path}`));
    const isDependency = (path: string) => path.startsWith("dependencies/");
    assertEquals(others.filter((path) => !isDependency(path)), ["package.json"]);
    const dependencies = others.filter(isDependency);
    assertEquals(dependencies.includes("dependencies/LICENSES.txt"), dependencies.length > 0);
    const types = (folder: string) =>
      files.filter((path) => new RegExp(`^${folder}/.*\\.d\\.ts$`).test(path));
    assertEquals(types("cjs").length, types("esm").length);
  });

  Deno.test(`${npmPackage.name} depends on what it imports and on their peers, and on nothing else`, async () => {
    await using installation = await Installation.create();
    const imported = await importedPackages(npmPackage);
    const peers = await Promise.all(imported.map((name) => peersOf(installation, name)));
    assertEquals(
      [...new Set([...imported, ...peers.flat()])].sort(),
      Object.keys(npmPackage.dependencies).sort(),
    );
    if (Object.keys(npmPackage.exports).length === 0) return;
    const required = await importedPackages(npmPackage, "cjs");
    const refused = await Promise.all(required.map((name) => isOnlyEsm(installation, name)));
    assertEquals(required.filter((_, i) => refused[i]), [], "the CommonJS copy cannot require these");
  });

  Deno.test(`publint finds nothing to say about ${npmPackage.name}`, async () => {
    const output = await runIn(".", ["npx", "-y", "publint@^0.3", "--strict", npmPackage.output]);
    assertEquals(/suggestion|warning|error/i.exec(output), null, output);
  });

  Deno.test(`arethetypeswrong finds the types of ${npmPackage.name} right`, async () => {
    await runIn(".", ["npx", "-y", "@arethetypeswrong/cli@^0.18", tarball(npmPackage)]);
  });
}

Deno.test("the client depends on nothing", () => {
  assertEquals(Object.keys(packageJson(CLIENT)).filter((key) => /dependencies/i.test(key)), []);
});

Deno.test("all that is installed with the packages runs on the oldest Node that they promise", async () => {
  await using installation = await Installation.create();
  const { packages } = JSON.parse(await Deno.readTextFile(`${installation.folder}/package-lock.json`));
  const { node: promised } = packageJson(CLIENT).engines as { node: string };
  const oldest = minVersion(promised)!;
  const refusing = Object.entries<{ engines?: { node?: string } }>(packages)
    .filter(([, { engines }]) => engines?.node !== undefined && !satisfies(oldest, engines.node))
    .map(([path, { engines }]) => `${path}: ${engines!.node}`);
  assertEquals(refusing, []);
});

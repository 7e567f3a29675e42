/**
 * What the npm packages say about themselves, once for both ways to build them. Names, versions, entry points and
 * dependencies are those of the `deno.json` files.
 *
 * @module
 */

import { basename } from "node:path/posix";
import client from "../../deno.json" with { type: "json" };
import cli from "../../cli/deno.json" with { type: "json" };
import mockBroker from "../../mock_broker/deno.json" with { type: "json" };
import { repositoryFields } from "./repository.ts";

/** What the `deno.json` of a package says. */
interface DenoJson {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
}

/** What a package is for npm, beyond its `deno.json`. */
interface Description {
  readonly description: string;
  readonly keywords: readonly string[];
  /** The folder of its `deno.json`, from the root of the repository. */
  readonly source: string;
  /** The folder that it is built in, from the root of the repository. */
  readonly output: string;
  /** Commands, and the export that is run by each: it is none to import from npm. */
  readonly bin: Readonly<Record<string, string>>;
  /** Packages of this repository that it imports at run time, or whose types are part of its own. */
  readonly uses: readonly NpmPackage[];
  /** Files of its folder that are no modules, for programs and editors to read; in the package they lie on top. */
  readonly assets: readonly string[];
}

/** A package as it goes to npm. */
export interface NpmPackage extends Omit<Description, "uses"> {
  readonly name: string;
  readonly version: string;
  /** Modules to import, by the name of the export: `./tls` is `./src/tls.ts`. */
  readonly exports: Readonly<Record<string, string>>;
  /** Modules to run, by the name of the command. */
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The client package. */
export const CLIENT: NpmPackage = npmPackage({ ...client, imports: {} }, {
  description: "Client of the Amazon DCV Session Manager broker, without dependencies",
  keywords: ["amazon-dcv", "nice-dcv", "dcv", "session-manager", "remote-desktop", "client"],
  source: ".",
  output: "npm/session_manager",
  bin: {},
  uses: [],
  assets: [],
});

/** The mock broker package. */
export const MOCK_BROKER: NpmPackage = npmPackage(mockBroker, {
  description:
    "Simulated Amazon DCV Session Manager broker with a simulated fleet, for development and tests",
  keywords: ["amazon-dcv", "nice-dcv", "dcv", "session-manager", "remote-desktop", "mock", "simulator"],
  source: "mock_broker",
  output: "npm/mock_broker",
  bin: { "dcv-mock-broker": "./cli" },
  uses: [CLIENT],
  assets: ["description/fleet_file.schema.json"],
});

/** The package of the command `dcvkit`. */
export const CLI: NpmPackage = npmPackage(cli, {
  description: "dcvkit, the command for people who run an Amazon DCV Session Manager broker",
  keywords: ["amazon-dcv", "nice-dcv", "dcv", "session-manager", "remote-desktop", "cli", "dcvsm"],
  source: "cli",
  output: "npm/cli",
  bin: { dcvkit: "." },
  uses: [CLIENT, MOCK_BROKER],
  assets: [],
});

/** All packages, for every script that does something with each; each comes after those that it depends on. */
export const PACKAGES: readonly NpmPackage[] = [CLIENT, MOCK_BROKER, CLI];

function npmPackage(denoJson: DenoJson, { uses, bin, ...description }: Description): NpmPackage {
  const { name, version, imports } = denoJson;
  const commands = Object.values(bin);
  const exports = Object.entries(denoJson.exports).filter(([path]) => !commands.includes(path));
  return {
    ...description,
    name,
    version,
    exports: Object.fromEntries(exports),
    bin: mapValues(bin, (path) => denoJson.exports[path]!),
    dependencies: {
      ...Object.fromEntries(uses.map((used) => [used.name, `^${used.version}`])),
      ...npmImports(imports),
    },
  };
}

/** The file that `npm pack` makes, from the root of the repository. */
export function tarball({ name, version }: NpmPackage): string {
  return `npm/${name.slice(1).replace("/", "-")}-${version}.tgz`;
}

/** Modules, by their names in a `deno.json`, as paths from `esm/` without an extension. */
export function builtNames(modules: Readonly<Record<string, string>>): string[] {
  return Object.values(modules).map((module) => module.slice("./".length).replace(/\.tsx?$/, ""));
}

/** Where the elements of JSX come from. */
export const JSX_IMPORT_SOURCE = "hono/jsx";

/** The oldest Node that loads these packages, with `import` and with `require()`. */
const NODE = ">=20.19";

/** The package.json to publish. Modules lie in `esm/` as they do in the package's folder. */
export function packageJson(npmPackage: NpmPackage): Record<string, unknown> {
  const { name, version, description, keywords, exports, bin, dependencies } = npmPackage;
  const assets = npmPackage.assets.map((file) => basename(file));
  return {
    name,
    version,
    description,
    keywords,
    ...repositoryFields(npmPackage),
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: NODE },
    ...(exports["."] && { main: commonJs(exports["."]).default, types: commonJs(exports["."]).types }),
    exports: {
      ...mapValues(exports, (module) => ({
        // Where require() loads ESM, whoever asks gets the same: one copy in a process.
        bun: esm(module),
        "module-sync": esm(module),
        // What has none: Jest, and TypeScript in projects that are CommonJS.
        require: commonJs(module),
        default: esm(module),
      })),
      ...Object.fromEntries(["package.json", ...assets].map((file) => [`./${file}`, `./${file}`])),
    },
    // For `moduleResolution: "node10"`, which reads no exports.
    ...(Object.keys(exports).length > 1 && { typesVersions: { "*": typesBySubpath(exports) } }),
    ...(Object.keys(bin).length > 0 && { bin: mapValues(bin, (module) => esm(module).default.slice(2)) }),
    files: ["esm", ...(exports["."] ? ["cjs"] : []), "CHANGELOG.md", ...assets],
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
  };
}

function typesBySubpath(exports: Readonly<Record<string, string>>): Record<string, string[]> {
  const subpaths = Object.entries(exports).filter(([path]) => path !== ".");
  return Object.fromEntries(
    subpaths.map(([path, module]) => [path.slice("./".length), [commonJs(module).types]]),
  );
}

function esm(module: string) {
  return built("esm", module);
}

function commonJs(module: string) {
  return built("cjs", module);
}

/** A module and its types, for `exports`: the types come first, or TypeScript does not find them. */
function built(folder: string, module: string): { types: string; default: string } {
  const path = `./${folder}/${builtNames({ module })[0]}`;
  return { types: `${path}.d.ts`, default: `${path}.js` };
}

/** `npm:name@range/path` as a dependency. */
function npmImports(imports: Readonly<Record<string, string>>): Record<string, string> {
  const parsed = Object.values(imports).map((target) => /^npm:(@?[^@]+)@([^/]+)/.exec(target)!);
  return Object.fromEntries(parsed.map(([, name, range]) => [name, range]));
}

function mapValues<T>(
  record: Readonly<Record<string, string>>,
  map: (value: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

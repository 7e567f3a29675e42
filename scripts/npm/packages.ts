/**
 * What the npm packages say about themselves, once for both ways to build them. Names, versions, entry points and
 * dependencies are those of the `deno.json` files.
 *
 * @module
 */

import { basename } from "node:path/posix";
import client from "../../deno.json" with { type: "json" };
import mockBroker from "../../mock_broker/deno.json" with { type: "json" };

/** A package as it goes to npm. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** The folder of its `deno.json`, from the root of the repository. */
  readonly source: string;
  /** The folder that it is built in, from the root of the repository. */
  readonly output: string;
  /** Modules to import, by the name of the export: `./tls` is `./src/tls.ts`. */
  readonly exports: Record<string, string>;
  /** Modules to run, by the name of the command. */
  readonly bin: Record<string, string>;
  readonly dependencies: Record<string, string>;
  /** Files of its folder that are no modules, for programs and editors to read; in the package they lie on top. */
  readonly assets: readonly string[];
}

/** The client package. */
export const CLIENT: NpmPackage = {
  name: client.name,
  version: client.version,
  description: "Client of the Amazon DCV Session Manager broker, without dependencies",
  keywords: ["amazon-dcv", "nice-dcv", "dcv", "session-manager", "remote-desktop", "client"],
  source: ".",
  output: "npm/session_manager",
  exports: client.exports,
  bin: {},
  dependencies: {},
  assets: [],
};

const { "./cli": command, ...mockBrokerExports } = mockBroker.exports;

/** The mock broker package. */
export const MOCK_BROKER: NpmPackage = {
  name: mockBroker.name,
  version: mockBroker.version,
  description:
    "Simulated Amazon DCV Session Manager broker with a simulated fleet, for development and tests",
  keywords: ["amazon-dcv", "nice-dcv", "dcv", "session-manager", "remote-desktop", "mock", "simulator"],
  source: "mock_broker",
  output: "npm/mock_broker",
  exports: mockBrokerExports,
  bin: { "dcv-mock-broker": command },
  dependencies: { [client.name]: `^${client.version}`, ...npmImports(mockBroker.imports) },
  assets: ["description/fleet_file.schema.json"],
};

/** The file that `npm pack` makes, from the root of the repository. */
export function tarball({ name, version }: NpmPackage): string {
  return `npm/${name.slice(1).replace("/", "-")}-${version}.tgz`;
}

/** Both packages; each comes after those that it depends on. */
export const PACKAGES: readonly NpmPackage[] = [CLIENT, MOCK_BROKER];

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
    ...repository(npmPackage),
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: NODE },
    main: built(exports["."]!, ".js"),
    types: built(exports["."]!, ".d.ts"),
    exports: {
      ...mapValues(exports, (module) => ({ types: built(module, ".d.ts"), default: built(module, ".js") })),
      ...Object.fromEntries(["package.json", ...assets].map((file) => [`./${file}`, `./${file}`])),
    },
    ...(Object.keys(bin).length > 0 && { bin: mapValues(bin, (module) => built(module, ".js").slice(2)) }),
    files: ["esm", "CHANGELOG.md", ...assets],
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
  };
}

/** npm takes a provenance statement only for the repository that the workflow runs in, be it a fork. */
function repository({ source }: NpmPackage): Record<string, unknown> {
  const name = Deno.env.get("GITHUB_REPOSITORY");
  if (name === undefined) return {};
  const url = `git+https://github.com/${name}.git`;
  return { repository: { type: "git", url, ...(source !== "." && { directory: source }) } };
}

function built(module: string, extension: ".js" | ".d.ts"): string {
  return `./esm/${module.slice("./".length).replace(/\.tsx?$/, extension)}`;
}

/** `npm:name@range/path` as a dependency. */
function npmImports(imports: Record<string, string>): Record<string, string> {
  const parsed = Object.values(imports).map((target) => /^npm:(@?[^@]+)@([^/]+)/.exec(target)!);
  return Object.fromEntries(parsed.map(([, name, range]) => [name, range]));
}

function mapValues<T>(record: Record<string, string>, map: (value: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/**
 * Which modules of the repository import which, as `deno info` tells it.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { relative } from "node:path";

/** An import of one module of the repository by another; paths begin at the repository's root. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether nothing but types is imported. */
  readonly typesOnly: boolean;
}

/** The parts of `deno info --json` that are read here. */
interface Info {
  readonly modules: readonly { readonly specifier: string; readonly dependencies?: readonly Dependency[] }[];
}

interface Dependency {
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** All imports within the repository that lead on from this module, types included. */
export async function importsFrom(entry: string): Promise<Import[]> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`deno info ${entry} failed: ${new TextDecoder().decode(stderr)}`);
  const { modules }: Info = JSON.parse(new TextDecoder().decode(stdout));
  return modules.flatMap(({ specifier, dependencies = [] }) =>
    dependencies.flatMap(({ code, type }) => {
      const [from, to] = [pathOf(specifier), pathOf(code?.specifier ?? type?.specifier)];
      return from === undefined || to === undefined ? [] : [{ from, to, typesOnly: !code }];
    })
  );
}

/** The modules on the way from a module back to itself, for each circle that a walk through the imports meets. */
export function circlesIn(imports: readonly Import[]): string[] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (module: string, way: readonly string[]) => {
    const start = way.indexOf(module);
    if (start >= 0) return void circles.push([...way.slice(start), module].join(" -> "));
    if (done.has(module)) return;
    for (const { to } of targets.get(module) ?? []) walk(to, [...way, module]);
    done.add(module);
  };
  for (const module of targets.keys()) walk(module, []);
  return [...new Set(circles)];
}

/** Packages and what the runtime brings are not ours. */
function pathOf(specifier: string | undefined): string | undefined {
  return specifier?.startsWith("file:") ? relative(ROOT, fileURLToPath(specifier)) : undefined;
}

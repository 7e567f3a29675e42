/**
 * The projects in which the packages' types have to compile. Each setting meets the oldest and the newest TypeScript, and
 * most of the others: all combinations would take many minutes.
 *
 * @module
 */

/** Supported versions of TypeScript; the last is the newest. */
export const TYPESCRIPT = ["5.7", "5.8", "5.9", "6", "7"] as const;

/** Versions of `@types/node` that users have, and none. */
export const NODE_TYPES = ["none", "20", "22", "24", "26"] as const;

/** How TypeScript looks for modules. */
export const RESOLUTIONS = ["bundler", "nodenext", "node16"] as const;

/** One project. */
export interface Project {
  readonly typescript: (typeof TYPESCRIPT)[number];
  readonly nodeTypes: (typeof NODE_TYPES)[number];
  readonly resolution: (typeof RESOLUTIONS)[number];
  /** Whether there are the types of web pages. */
  readonly dom: boolean;
  readonly exactOptionalPropertyTypes: boolean;
}

/** In a row: TypeScript, types of Node, resolution, DOM, exactOptionalPropertyTypes. */
const ROWS = [
  ["5.7", "none", "bundler", true, true],
  ["5.7", "none", "nodenext", false, false],
  ["5.7", "20", "nodenext", false, true],
  ["5.7", "26", "node16", true, false],
  ["5.8", "22", "node16", false, true],
  ["5.9", "24", "bundler", true, false],
  ["6", "20", "node16", true, true],
  ["6", "26", "bundler", false, false],
  ["7", "none", "nodenext", true, false],
  ["7", "none", "bundler", false, true],
  ["7", "20", "bundler", false, false],
  ["7", "22", "nodenext", true, true],
  ["7", "24", "nodenext", false, true],
  ["7", "26", "node16", true, true],
] as const;

/** The projects. */
export const PROJECTS: readonly Project[] = ROWS.map((
  [typescript, nodeTypes, resolution, dom, exactOptionalPropertyTypes],
) => ({ typescript, nodeTypes, resolution, dom, exactOptionalPropertyTypes }));

/** The compiler's options for a project. */
export function tsconfig(project: Project, files: readonly string[]): string {
  const { nodeTypes, resolution, dom, exactOptionalPropertyTypes } = project;
  return JSON.stringify({
    compilerOptions: {
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      target: "es2022",
      module: resolution === "bundler" ? "esnext" : resolution,
      moduleResolution: resolution,
      lib: ["es2022", ...(dom ? ["dom"] : [])],
      ...(nodeTypes === "none" ? { types: [] } : { types: ["node"], typeRoots: [`node_types/${nodeTypes}`] }),
      exactOptionalPropertyTypes,
    },
    files,
  });
}

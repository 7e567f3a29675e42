import { CLIENT, MOCK_BROKER, type NpmPackage, PACKAGES } from "../../scripts/npm/packages.ts";
import { Installation, RUNTIMES } from "./installation.ts";
import { NODE_TYPES, type Project, PROJECTS, tsconfig, TYPESCRIPT } from "./types_matrix.ts";

/** Entry points whose types speak of nothing but the language; the others speak of `fetch`, `URL` or `AbortSignal`. */
const LANGUAGE_ONLY = [
  ...["connection", "permissions", "requirements"].map((path) => `${CLIENT.name}/${path}`),
  ...["fleet-file", "import", "requirements"].map((path) => `${MOCK_BROKER.name}/${path}`),
];

const ALL = PACKAGES.flatMap(entryPoints);

const PROGRAM = `
import { type HostOptions, MockBroker } from "@dcvkit/mock-broker";
import { allSuccessful, type Session, SessionManagerClient } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import * as fleet from "@dcvkit/session-manager/fleet";
import * as permissions from "@dcvkit/session-manager/permissions";
import * as requirements from "@dcvkit/session-manager/requirements";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const servers: HostOptions[] = [{ hostname: "linux-1" }];
const broker = new MockBroker({ servers, clock: { speed: 100 } });
const server = await broker.listen({ port: 0 });
const client = new SessionManagerClient({
  brokerUrl: server.url,
  credentials: broker.credentials,
  fetch: createTlsFetch({ ca: server.ca! }),
});
const [session] = allSuccessful(await client.createSessions([{ Name: "a", Owner: "ana", Type: "VIRTUAL" }]));
await client.waitForSession(session!.Id, { minDelay: 10 });
const found: Session[] = [];
for await (const each of client.listSessions({ owner: "ana" })) found.push(each);
const url: string = connectionUrl(await client.getSessionConnectionData(session!.Id, "ana"));
await server.close();
const modules: object[] = [fleet, permissions, requirements];
if (modules.length !== 3 || !url.startsWith("https://")) throw new Error(url);

// @ts-expect-error: types that let everything through would be no types
const wrong = (): unknown => new SessionManagerClient({ brokerUrl: 8443 });
`;

/** Names the projects that have neither the types of web pages nor those of Node. */
const isBare = ({ dom, nodeTypes }: Project) => !dom && nodeTypes === "none";

/** Files that are CommonJS; with a bundler's resolution there are none. */
function commonJsOf(project: Project): string[] {
  if (project.resolution === "bundler") return [];
  return [isBare(project) ? "language.cts" : "all.cts"];
}

Deno.test("every entry point compiles in every project that has the types it speaks of", async (t) => {
  await using installation = await install();
  for (const extension of ["ts", "cts"]) {
    await installation.write(`language.${extension}`, importing(LANGUAGE_ONLY));
    await installation.write(`all.${extension}`, importing(ALL));
  }
  await installation.write("program.ts", PROGRAM);
  for (const project of PROJECTS) {
    await t.step(titleOf(project), async () => {
      const names = isBare(project) ? ["language.ts"] : ["all.ts", "program.ts"];
      const files = [...names, ...commonJsOf(project)];
      await installation.write("tsconfig.json", tsconfig(project, files));
      await installation.run(["node", compiler(project.typescript), "--project", "."]);
    });
  }
});

Deno.test("a project that finds modules as before package exports has the types of every entry point", async () => {
  await using installation = await install();
  await installation.write("all.ts", importing(ALL));
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: "es2022", lib: ["es2022", "dom"], types: [] },
    ...{ module: "commonjs", moduleResolution: "node10" },
  };
  await installation.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["all.ts"] }));
  await installation.run(["node", compiler("5.9"), "--project", "."]);
});

Deno.test("the compiled program runs", async (t) => {
  await using installation = await install();
  await installation.write("program.ts", PROGRAM);
  const project = { typescript: "5.7", nodeTypes: "20", resolution: "nodenext" } as const;
  const config = JSON.parse(
    tsconfig({ ...project, dom: false, exactOptionalPropertyTypes: true }, ["program.ts"]),
  );
  config.compilerOptions.noEmit = false;
  await installation.write("tsconfig.json", JSON.stringify(config));
  await installation.run(["node", compiler("5.7"), "--project", "."]);
  for (const runtime of ["Bun", "Node 20.19"] as const) {
    await t.step(runtime, async () => {
      await installation.run([...RUNTIMES[runtime], "program.js"]);
    });
  }
});

/** The packages, every TypeScript, and `node_types/20/node` for `@types/node@20`, as no project has several of them. */
async function install(): Promise<Installation> {
  const nodeTypes = NODE_TYPES.filter((version) => version !== "none");
  const installation = await Installation.create(
    ...TYPESCRIPT.map((version) => `typescript-${version}@npm:typescript@${version}`),
    ...nodeTypes.map((version) => `node-types-${version}@npm:@types/node@${version}`),
  );
  for (const version of nodeTypes) {
    const folder = `${installation.folder}/node_types/${version}`;
    await Deno.mkdir(folder, { recursive: true });
    await Deno.rename(`${installation.folder}/node_modules/node-types-${version}`, `${folder}/node`);
  }
  return installation;
}

function compiler(version: string): string {
  return `node_modules/typescript-${version}/bin/tsc`;
}

function entryPoints({ name, exports }: NpmPackage): string[] {
  return Object.keys(exports).map((path) => name + path.slice(1));
}

function importing(specifiers: readonly string[]): string {
  const imports = specifiers.map((specifier, i) => `import * as all${i} from ${JSON.stringify(specifier)};`);
  return `${imports.join("\n")}\nexport const all: object[] = [${
    specifiers.map((_, i) => `all${i}`).join(", ")
  }];\n`;
}

function titleOf({ typescript, nodeTypes, resolution, dom, exactOptionalPropertyTypes }: Project): string {
  return [
    `TypeScript ${typescript}`,
    resolution,
    dom ? "DOM" : "no DOM",
    `types of Node: ${nodeTypes}`,
    exactOptionalPropertyTypes ? "exact optional properties" : "optional properties",
  ].join(", ");
}

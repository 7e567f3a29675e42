import { Installation, RUNTIMES } from "./installation.ts";

/** Whoever installs the packages may have any of these. */
const TYPESCRIPT_VERSIONS = ["5.9", "6", "7"];

const RESOLUTIONS = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/** On Node's own types only the mock broker may depend, which runs on a server. */
const CLIENT_ONLY = `
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

export const client = new SessionManagerClient({ brokerUrl: "https://broker:8443", fetch: createTlsFetch() });
`;

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

function tsconfig(resolution: Record<string, string>, types: string[], file: string): string {
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  const compilerOptions = { ...strict, ...resolution, target: "es2022", types, outDir: "." };
  return JSON.stringify({ compilerOptions, files: [file] });
}

Deno.test("a strict TypeScript program compiles against the packages, and runs", async (t) => {
  const versions = TYPESCRIPT_VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`);
  await using installation = await Installation.create(...versions, "@types/node@20");
  await installation.write("client.ts", CLIENT_ONLY);
  await installation.write("program.ts", PROGRAM);
  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    await installation.write("client.json", tsconfig(resolution, [], "client.ts"));
    await installation.write("program.json", tsconfig(resolution, ["node"], "program.ts"));
    for (const version of TYPESCRIPT_VERSIONS) {
      await t.step(`TypeScript ${version}, moduleResolution ${name}`, async () => {
        const tsc = ["node", `node_modules/typescript-${version}/bin/tsc`, "--project"];
        for (const project of ["client.json", "program.json"]) await installation.run([...tsc, project]);
      });
    }
  }
  for (const runtime of ["Bun", "Node 20.19"] as const) {
    await t.step(runtime, async () => {
      await installation.run([...RUNTIMES[runtime], "program.js"]);
    });
  }
});

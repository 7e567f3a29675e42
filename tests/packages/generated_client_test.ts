import { assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { build, stop } from "esbuild";
import { Installation } from "./installation.ts";

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    types: ["node"],
    noEmit: true,
    allowImportingTsExtensions: true,
  },
  files: ["program.ts"],
};

Deno.test("a client generated from the served OpenAPI file by others makes every call over HTTPS", async () => {
  const broker = new MockBroker({ clock: { speed: 100 } });
  await using server = await broker.listen({ port: 0 });
  const file = await broker.fetch(`${broker.url}/dcv-session-manager-api.yaml`);
  await using installation = await Installation.create(
    "openapi-typescript@^7",
    "openapi-fetch@^0.17",
    "typescript@^5",
    "@types/node@^20",
  );
  const { folder } = installation;
  await installation.write("broker.yaml", await file.text());
  await installation.write("ca.pem", server.ca!);
  await installation.write("tsconfig.json", JSON.stringify(TSCONFIG));
  const source = "tests/packages/generated_client/program.ts";
  await Deno.copyFile(source, `${folder}/program.ts`);

  await installation.run(["npx", "openapi-typescript", "broker.yaml", "--output", "broker.d.ts"]);
  await installation.run(["npx", "tsc", "--project", "."]);
  await build({ entryPoints: [source], outfile: `${folder}/program.mjs`, target: "node20", format: "esm" });
  await stop();
  const { clientId, clientSecret } = broker.credentials;
  const { code, stdout, stderr } = await new Deno.Command("node", {
    args: ["program.mjs", server.url, clientId, clientSecret],
    cwd: folder,
    env: { NODE_EXTRA_CA_CERTS: `${folder}/ca.pem` },
  }).output();

  assertEquals(code, 0, new TextDecoder().decode(stderr));
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [
    3,
    "png",
    1,
    "linux",
    "DCV_SERVER_HAS_SESSIONS",
    1,
    "Dcv server not found.",
    "DELETING",
  ]);
});

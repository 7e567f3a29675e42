/**
 * Generates a client in Go from the served OpenAPI file, and has it make every call of the API: Go's types are strict, so
 * that an answer that the file does not describe ends its program. Needs Go; where there is none, this says so.
 *
 * @module
 */

import assert from "node:assert/strict";
import { MockBroker } from "@dcvkit/mock-broker";

const GENERATOR = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2";
const RUNTIME = "github.com/oapi-codegen/runtime@v1.9.0";

/** The file's own schemas are called `...Response`. */
const GENERATOR_ARGS = ["-generate", "types,client", "-response-type-suffix", "Result", "-package", "main"];

const folder = await Deno.makeTempDir({ prefix: "generated_go_client_" });
try {
  if (await hasGo()) await generateAndRun();
  else console.log("Not run: there is no Go");
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function generateAndRun(): Promise<void> {
  const broker = new MockBroker({ clock: { speed: 100 }, seed: 1 });
  const file = await broker.fetch(`${broker.url}/dcv-session-manager-api.yaml`);
  await Deno.writeTextFile(`${folder}/broker.yaml`, await file.text());
  await Deno.copyFile(new URL("program.go", import.meta.url), `${folder}/program.go`);
  await go("mod", "init", "generated");
  await go("run", GENERATOR, ...GENERATOR_ARGS, "-o", "client.go", "broker.yaml");
  await go("get", RUNTIME);
  await using server = await broker.listen({ port: 0, tls: false });
  const { clientId, clientSecret } = broker.credentials;
  const printed = await go("run", ".", server.url, clientId, clientSecret);
  assert.deepEqual(JSON.parse(printed), {
    maxConcurrentClients: 3_000_000_000,
    created: false,
    refused: "No DCV server found for the given criteria",
    echoed: "tag:none = 'x'",
    moreThanInt32: true,
    moreServers: true,
    load: true,
    connectionToken: true,
    image: "png",
    notPictured: "Dcv session not found.",
    permissions: 1,
    notClosed: "DCV_SERVER_HAS_SESSIONS",
    notOpened: "Dcv server not found.",
    deleted: "DELETING",
  });
  // What it does is what a careful program does.
  broker.assertNoAdvice();
  console.log("A generated Go client has made every call");
}

async function hasGo(): Promise<boolean> {
  return await go("version").then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}

/** Runs Go in the folder; it must succeed, and what it printed is the result. */
async function go(...args: string[]): Promise<string> {
  const env = { GOFLAGS: "-mod=mod" };
  const { success, stdout, stderr } = await new Deno.Command("go", { args, cwd: folder, env }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(`go ${args.join(" ")}\n${decoder.decode(stderr)}`);
}

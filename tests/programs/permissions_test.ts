/**
 * Holds docs/permissions_of_programs.md: what needs which permissions on Deno.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { firstLine, inTemporaryFolder } from "./permitted_program.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const FLEET = "servers:\n  - hostname: linux-1\n";

/** A program that uses the mock without a socket, and reads a fleet file. */
const IN_PROCESS = `
import { MockBroker } from "${import.meta.resolve("../../mock_broker/mod.ts")}";
import { parseFleetFile } from "${import.meta.resolve("../../mock_broker/description/fleet_file.ts")}";
import { SessionManagerClient } from "${import.meta.resolve("../../mod.ts")}";

const broker = new MockBroker({ ...parseFleetFile(${JSON.stringify(FLEET)}), clock: "manual" });
const { url: brokerUrl, credentials, fetch } = broker;
const client = new SessionManagerClient({ brokerUrl, credentials, fetch });
const { Servers } = await client.describeServers();
console.log(Servers?.map(({ Hostname }) => Hostname).join());
`;

/** Runs a program with these permissions and no others; there is nobody to ask. */
async function run(permissions: string[], program: string, cwd = ROOT): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", `--config=${ROOT}deno.json`, ...permissions, program],
    cwd,
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("the quickstart needs the network of this machine, and nothing else", async () => {
  assertStringIncludes(await run(["--allow-net=127.0.0.1"], "examples/quickstart.ts"), "READY");
});

Deno.test("the mock in process needs nothing, with a fleet file either", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/in_process.ts`, IN_PROCESS);
    assertEquals((await run([], "in_process.ts", folder)).trim(), "linux-1");
  });
});

Deno.test("the command needs the network of this machine and its folder, with a fleet file too", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/lab.yaml`, FLEET);
    const permissions = ["--allow-net=127.0.0.1", "--allow-read=.", "--allow-write=."];
    const command = ["run", "--no-prompt", `--config=${ROOT}deno.json`, ...permissions];
    const args = [...command, `${ROOT}mock_broker/cli.ts`, "--port", "0", "--fleet", "lab.yaml"];
    assertStringIncludes(await firstLine([Deno.execPath(), ...args], folder), "https://127.0.0.1:");
  });
});

Deno.test("the command over plain HTTP and without desktops needs the network of this machine, and nothing else", async () => {
  await inTemporaryFolder(async (folder) => {
    const command = ["run", "--no-prompt", `--config=${ROOT}deno.json`, "--allow-net=127.0.0.1"];
    const args = [...command, `${ROOT}mock_broker/cli.ts`, "--port", "0", "--no-tls", "--no-desktop"];
    assertStringIncludes(await firstLine([Deno.execPath(), ...args], folder), "http://127.0.0.1:");
  });
});

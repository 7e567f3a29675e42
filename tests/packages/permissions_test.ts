/**
 * Holds docs/permissions_of_programs.md: what needs which permissions on Node.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { firstLine } from "../programs/permitted_program.ts";
import { Installation, RUNTIMES } from "./installation.ts";

/** Uses the mock without a socket, and reads a fleet file. */
const IN_PROCESS = `
import { MockBroker } from "@dcvkit/mock-broker";
import { parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
import { SessionManagerClient } from "@dcvkit/session-manager";

const broker = new MockBroker({ ...parseFleetFile("servers: [{ hostname: linux-1 }]"), clock: "manual" });
const { url: brokerUrl, credentials, fetch } = broker;
const client = new SessionManagerClient({ brokerUrl, credentials, fetch });
console.log((await client.describeServers()).Servers.map(({ Hostname }) => Hostname).join());
`;

/** The first Node that asks for permissions, and one that asks for the network, too. */
const NODES = {
  "Node 24": { node: RUNTIMES["Node 24"], network: [] },
  "Node 26": { node: ["npx", "-y", "node@26"], network: ["--allow-net"] },
};

for (const [name, { node, network }] of Object.entries(NODES)) {
  Deno.test(`with --permission on ${name}, packages need their files, and the command its folder`, async (t) => {
    await using installation = await Installation.create();
    // Node looks at where a file really is: on macOS, temporary folders lie behind a link.
    const folder = await Deno.realPath(installation.folder);
    await installation.write("in_process.mjs", IN_PROCESS);
    await installation.write("lab.yaml", "servers:\n  - hostname: linux-1\n");
    // npx would not pass on the signal that ends the command.
    const executable = (await installation.run([...node, "-p", "process.execPath"])).trim();
    const permitted = [executable, "--permission", `--allow-fs-read=${folder}`];
    await t.step("the client and the mock in process", async () => {
      assertEquals((await installation.run([...permitted, "in_process.mjs"])).trim(), "linux-1");
    });
    await t.step("the command", async () => {
      const command = "node_modules/@dcvkit/mock-broker/esm/cli.js";
      const options = ["--port", "0", "--fleet", "lab.yaml"];
      const args = [...permitted, `--allow-fs-write=${folder}`, ...network, command, ...options];
      assertStringIncludes(await firstLine(args, folder), "https://127.0.0.1:");
    });
  });
}

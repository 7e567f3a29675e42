import { assertMatch, assertRejects } from "@std/assert";
import { CLIENT, MOCK_BROKER, tarball } from "../../scripts/npm/packages.ts";
import { SURROUNDINGS } from "../mock_broker/command_surroundings.ts";
import { stateFileChecks } from "../mock_broker/state_file_checks.ts";
import { Installation, runIn, RUNTIMES } from "./installation.ts";

/** What npm makes of a command on Windows is a script for its shells, which no runtime reads. */
const COMMAND = Deno.build.os === "windows"
  ? `node_modules/${MOCK_BROKER.name}/esm/cli.js`
  : "node_modules/.bin/dcv-mock-broker";

Deno.test("npx runs the mock broker's command from its tarball", async () => {
  const folder = await Deno.makeTempDir({ prefix: "npx_" });
  try {
    const packages = [MOCK_BROKER, CLIENT].map((each) => `--package=${Deno.cwd()}/${tarball(each)}`);
    const output = await runIn(folder, ["npx", "-y", ...packages, "--", "dcv-mock-broker", "--help"]);
    assertMatch(output, /^Usage: dcv-mock-broker/m);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the mock broker's command runs on every runtime", async (t) => {
  await using installation = await Installation.create();
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    await t.step(runtime, async () => {
      const output = await installation.run([...command, COMMAND, "--help"]);
      assertMatch(output, /^Usage: dcv-mock-broker/m);
    });
    // Node would take --env-file for its own.
    await t.step(`${runtime} leaves it all of its options`, async () => {
      const start = () => installation.run([...command, COMMAND, "--port", "0", "--env", "none/.env"]);
      await assertRejects(start, Error, "dcv-mock-broker: Cannot write the variables");
    });
  }
});

Deno.test({
  name: "the mock broker's command survives its surroundings on every runtime",
  // Windows has no shell of POSIX to close an output with.
  ignore: Deno.build.os === "windows",
  async fn(t) {
    await using installation = await Installation.create();
    const cli = `${installation.folder}/node_modules/@dcvkit/mock-broker/esm/cli.js`;
    for (const [runtime, command] of Object.entries(RUNTIMES)) {
      // npx would stand between the test and the process that it wants to end.
      const executable = (await installation.run([...command, "-p", "process.execPath"])).trim();
      for (const [what, check] of Object.entries(SURROUNDINGS)) {
        await t.step(`${runtime}, when ${what}`, () => check([executable, cli]));
      }
      // Deno kills more often: see state_file_test.ts.
      for (const [what, check] of Object.entries(stateFileChecks(3))) {
        await t.step(`${runtime}, with a state file, when ${what}`, () => check([executable, cli]));
      }
    }
  },
});

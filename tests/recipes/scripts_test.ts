import { assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { runIn } from "../packages/installation.ts";
import { Recipe } from "./recipe.ts";

/** Checks workflows. */
const ACTIONLINT = ["go", "run", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"];

const noBash = Deno.build.os === "windows";
const noGo = !await runIn(".", ["go", "version"]).then(() => true, () => false);

Deno.test({
  name: "examples/dcvsm passes in an empty folder",
  ignore: noBash,
  async fn() {
    await using recipe = await Recipe.copy("dcvsm");
    await recipe.follow();
  },
});

/** What a step of a workflow says, as far as it is read here. */
interface Step {
  readonly run?: string;
  readonly if?: string;
}

Deno.test({
  name: "the jobs of examples/github_actions do what their steps say",
  ignore: noBash,
  async fn(t) {
    await using recipe = await Recipe.copy("github_actions");
    const { jobs } = parse(await Deno.readTextFile(`${recipe.folder}/tests.yml`));
    for (
      const [id, { steps, env = {} }] of Object.entries<{ steps: Step[]; env?: Record<string, string> }>(jobs)
    ) {
      await t.step(id, async () => {
        const port = String(freePort());
        const variables = Object.entries(env).map(([name, value]) =>
          `export ${name}=${value.replace("8443", port)} DCV_MOCK_PORT=${port} DCV_MOCK_DESKTOP_PORT=0\n`
        );
        const commands = steps.filter((step) => step.run && !step.if).map((step) => step.run!);
        // What a step leaves running ends with the job, as on a runner; npx alone would not pass a signal on.
        const end = "set -m; trap 'for job in $(jobs -p); do kill -- -$job; done' EXIT\n";
        const job = end + variables.join("") + commands.join("\n");
        const printed = await recipe.run(["bash", "-eo", "pipefail", "-c", job]);
        if (id === "beside") assertStringIncludes(printed, '"Sessions"');
      });
    }
  },
});

Deno.test({
  name: "actionlint finds nothing in the workflow of examples/github_actions",
  ignore: noGo,
  async fn() {
    const workflow = await Deno.realPath("examples/github_actions/tests.yml");
    assertEquals(await runIn(".", [...ACTIONLINT, workflow]), "");
  },
});

/** A port that nobody listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

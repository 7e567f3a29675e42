/**
 * The recipes that need Docker, as far as they can be tried without: by a linter, by the compiler, and by running the
 * tests of one against the command.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { parse } from "yaml";
import { runIn } from "../packages/installation.ts";
import { Recipe } from "./recipe.ts";

/** Checks files against the Compose specification, and prints what it has understood. */
const COMPOSE = ["go", "run", "github.com/compose-spec/compose-go/v2/cmd@v2.16.2"];

const noGo = !await runIn(".", ["go", "version"]).then(() => true, () => false);

Deno.test({
  name: "examples/docker_compose is what the Compose specification allows",
  ignore: noGo,
  async fn() {
    const file = await Deno.realPath("examples/docker_compose/compose.yaml");
    const { services } = parse(await runIn(".", [...COMPOSE, file]));
    assertEquals(Object.keys(services).sort(), ["broker", "tests"]);
  },
});

Deno.test("the test of examples/docker_compose passes with the settings of its services", async () => {
  await using recipe = await Recipe.copy("docker_compose");
  const { services } = parse(await Deno.readTextFile(`${recipe.folder}/compose.yaml`));
  const { DCV_MOCK_CLIENT_ID: clientId, DCV_MOCK_CLIENT_SECRET: clientSecret, DCV_MOCK_SPEED: speed } =
    services.broker.environment;
  const broker = new MockBroker({ clients: [{ clientId, clientSecret }], clock: { speed: Number(speed) } });
  await using server = await broker.listen({ port: 0 });
  await recipe.write("ca.pem", server.ca!);
  const settings = {
    ...services.tests.environment,
    DCV_SM_BROKER_URL: server.url,
    DCV_SM_CA_FILE: `${recipe.folder}/ca.pem`,
  };
  const words = Object.entries(settings).map(([name, value]) => `export ${name}=${value};`);
  const [, script] = /sh -c "(.*)"/.exec(services.tests.command)!;
  await recipe.run(["sh", "-c", [...words, script].join(" ")]);
});

Deno.test("examples/testcontainers is what the compiler allows", async () => {
  await using recipe = await Recipe.copy("testcontainers");
  await recipe.run(["npm", "install"]);
  await recipe.run(["npm", "run", "check"]);
});

import { assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { Recipe } from "./recipe.ts";

for (const name of ["hono", "express"]) {
  Deno.test(`examples/${name} passes in an empty folder, and runs on the broker that the environment names`, async () => {
    await using recipe = await Recipe.copy(name);
    await recipe.follow();
    const broker = new MockBroker();
    await using server = await broker.listen({ port: 0 });
    await recipe.write("ca.pem", server.ca!);
    const backEnd = new Deno.Command("node", {
      args: ["server.js"],
      cwd: recipe.folder,
      stdout: "piped",
      env: {
        PORT: "0",
        DCV_SM_BROKER_URL: server.url,
        DCV_SM_CLIENT_ID: broker.credentials.clientId,
        DCV_SM_CLIENT_PASSWORD: broker.credentials.clientSecret,
        DCV_SM_CA_FILE: "ca.pem",
      },
    }).spawn();
    const printed = backEnd.stdout.pipeThrough(new TextDecoderStream()).getReader();
    try {
      const { value: url } = await printed.read();
      const response = await fetch(`${url!.trim()}/desktops`, { headers: { "X-User": "ana" } });
      assertEquals([response.status, await response.json()], [200, []]);
    } finally {
      backEnd.kill();
      await printed.cancel();
      await backEnd.status;
    }
  });
}

Deno.test("examples/authorization_server passes in an empty folder", async () => {
  await using recipe = await Recipe.copy("authorization_server");
  await recipe.follow();
});

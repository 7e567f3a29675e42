import { assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import {
  DOCUMENTATION_HOST,
  DOCUMENTATION_SESSIONS,
} from "../../mock_broker/description/documentation_sessions.ts";

/** The first code block of README, which is the program of AWS's guide in the client's words. */
async function firstCodeBlock(): Promise<string> {
  const readme = await Deno.readTextFile("README.md");
  return /```ts[^\n]*\n(.*?)```/s.exec(readme)![1]!;
}

Deno.test("README's first program finds the sessions that AWS's guide asks for", async () => {
  const program = await firstCodeBlock();
  const constant = (name: string) => new RegExp(`${name}: "([^"]+)"`).exec(program)![1]!;
  const broker = new MockBroker({
    clients: [{ clientId: constant("clientId"), clientSecret: constant("clientSecret") }],
    servers: [{}, DOCUMENTATION_HOST],
    sessions: DOCUMENTATION_SESSIONS,
  });
  await using server = await broker.listen({ port: 0 });
  const folder = await Deno.makeTempDir({ dir: "tests/programs", prefix: "readme_run_" });
  try {
    await Deno.writeTextFile(`${folder}/mock-broker-ca.pem`, server.ca!);
    await Deno.writeTextFile(`${folder}/main.ts`, program.replace(constant("brokerUrl"), server.url));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", "../../../deno.json", "main.ts"],
      cwd: folder,
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertEquals(new TextDecoder().decode(stdout).trim().split("\n"), [
      "SessionId1895 READY ip-10-0-4-4",
      "SessionId1897 READY ip-10-0-4-4",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

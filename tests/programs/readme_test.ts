import { assertEquals, assertStringIncludes } from "@std/assert";
import { startCommandIn } from "../mock_broker/command.ts";

/** The first code block of README, which is the program of AWS's guide in the client's words. */
async function firstCodeBlock(): Promise<string> {
  const readme = await Deno.readTextFile("README.md");
  return /```ts[^\n]*\n(.*?)```/s.exec(readme)![1]!;
}

/** The port is the usual one for whoever tries it, and any free one here. */
const USUAL_URL = "https://127.0.0.1:8443";

Deno.test("README's first program finds the sessions that AWS's guide asks for on the command as it is started", async () => {
  const program = await firstCodeBlock();
  assertStringIncludes(program, `"${USUAL_URL}"`);
  const folder = await Deno.makeTempDir({ dir: "tests/programs", prefix: "readme_run_" });
  try {
    await using broker = await startCommandIn(folder, "--ca-file", "mock-broker-ca.pem");
    const url = /broker on (\S+)/.exec(broker.output)![1]!;
    await Deno.writeTextFile(`${folder}/main.ts`, program.replace(USUAL_URL, url));
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

Deno.test("each guide is in README and in the side bar of the site", async () => {
  const [readme, site] = await Promise.all(
    ["README.md", "docs/.vitepress/config.ts"].map((path) => Deno.readTextFile(path)),
  );
  const pages = await Array.fromAsync(Deno.readDir("docs"), ({ name }) => name);
  const guides = pages.filter((name) => name.endsWith(".md") && name !== "index.md");
  assertEquals(guides.filter((name) => !readme!.includes(`(docs/${name})`)), [], "README");
  assertEquals(
    guides.filter((name) => !site!.includes(`link: "/${name.replace(".md", "")}"`)),
    [],
    "side bar",
  );
});

import { assertEquals, assertMatch } from "@std/assert";

Deno.test("examples/quickstart.ts does the main job and leaves nothing running", async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "examples/quickstart.ts"],
  });
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder().decode(stdout);

  assertEquals(code, 0, new TextDecoder().decode(stderr));
  assertMatch(text, /blade design +ana +READY +linux-1/);
  assertMatch(text, /panel design +ana +READY +linux-2/);
  assertMatch(text, /office +bob +READY +windows-1/);
  assertMatch(text, /https:\/\/\S+\/\?authToken=\S+#[0-9a-f-]{36}\n/);
  assertMatch(text, /The requested dcvSession does not exist/);
  assertMatch(text, /office +bob +DELETED/);
});

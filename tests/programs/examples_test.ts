import { assertEquals, assertMatch } from "@std/assert";

/** What each example prints, in part. The portal and the quickstart have tests of their own. */
const EXAMPLES: Readonly<Record<string, RegExp>> = {
  "authenticate.ts": /client credentials\n.*environment\n.*function.*\n.*without credentials\n$/,
  "trust_private_ca.ts": /^UNTRUSTED_CERTIFICATE\n6 servers, over verified HTTPS\n$/,
  "handle_errors.ts":
    /^describeServers, attempt 1: .*Connection reset by peer; again\nNO_DCV_SERVER_FOUND: .*\nSESSION_NOT_FOUND, status 400\nThe user has left\n$/s,
  "list_and_wait.ts":
    /^one is READY\nthe same one: true\none READY\ntwo READY\nSTATE_UNREACHABLE\ndeleted: true\nonce more: false\n$/,
  "share_session.ts":
    /bob allow .*display.*\neve allow .*keyboard mouse\n\nbob: https:\/\/gateway\.example\.com:8443\/\?authToken=.*\neve: https:/s,
};

const TESTED_ELSEWHERE = ["quickstart.ts"];

/** What the mock has to say of an example, where that is anything. */
const ADVICE: Readonly<Record<string, readonly string[]>> = {
  // It shows four ways to authenticate, with a client and one call for each.
  "authenticate.ts": ["token-per-call"],
};

for (const [name, expected] of Object.entries(EXAMPLES)) {
  Deno.test(`examples/${name} runs and prints what it says`, async () => {
    const args = ["run", "-A", "--no-check", `examples/${name}`];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertMatch(new TextDecoder().decode(stdout), expected);
  });
}

for (const name of [...Object.keys(EXAMPLES), ...TESTED_ELSEWHERE]) {
  Deno.test(`examples/${name} does nothing that the mock has advice on, but what it shows on purpose`, async () => {
    const args = [
      "run",
      "-A",
      "--no-check",
      "--preload",
      "tests/programs/tell_advice.ts",
      `examples/${name}`,
    ];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
    const [, ids = ""] = /^advice: (.+)$/m.exec(new TextDecoder().decode(stdout)) ?? [];
    assertEquals((JSON.parse(ids) as string[][]).flat(), ADVICE[name] ?? []);
  });
}

Deno.test("every example is run by a test", async () => {
  const entries = await Array.fromAsync(Deno.readDir("examples"));
  const names = entries.filter(({ isFile }) => isFile).map(({ name }) => name)
    .filter((name) => name !== "deno.json");
  assertEquals(names.sort(), [...Object.keys(EXAMPLES), ...TESTED_ELSEWHERE].sort());
});

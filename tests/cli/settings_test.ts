import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createStage, type Stage } from "./dcvkit.ts";

/** Takes the broker and the credentials out of the environment, and writes them as `dcvsm` wants them. */
async function asConfigurationFile({ env, folder, broker }: Stage, path: string): Promise<void> {
  const { DCV_SM_BROKER_URL, DCV_SM_CLIENT_PASSWORD } = env;
  for (const name of Object.keys(env)) if (name.startsWith("DCV_SM_")) delete env[name];
  await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]+$/, ""), { recursive: true });
  await Deno.writeTextFile(
    `${folder}/${path}`,
    [
      "[output]",
      "# The formatting style for command output.",
      "output-format = json",
      "[security]",
      "ca-bundle = ca.pem",
      "[authentication]",
      `auth-server-url = ${DCV_SM_BROKER_URL}/oauth2/token?grant_type=client_credentials`,
      `client-id = ${broker.credentials.clientId}`,
      `client-password = ${DCV_SM_CLIENT_PASSWORD}`,
      "[broker]",
      `url = ${DCV_SM_BROKER_URL}`,
    ].join("\r\n"),
  );
}

Deno.test("dcvkit reads the configuration file of dcvsm where dcvsm looks for it", async () => {
  for (const path of [".config/dcvsmcli.conf", "conf/dcvsmcli.conf"]) {
    await using stage = await createStage();
    await asConfigurationFile(stage, path);
    assertEquals((await stage.dcvkit("sessions")).code, 0, path);
  }
});

Deno.test("dcvkit reads the configuration file that --conf names, and ends with 1 if it is not there", async () => {
  await using stage = await createStage();
  await asConfigurationFile(stage, "my.conf");
  assertEquals((await stage.dcvkit("--conf", "my.conf", "sessions")).code, 0);
  assertEquals((await stage.dcvkit("sessions", "--conf", "my.conf")).code, 0);
  const { code, stderr } = await stage.dcvkit("--conf", "other.conf", "sessions");
  assertEquals(code, 1);
  assertStringIncludes(stderr, "other.conf");
});

Deno.test("dcvkit takes options over the environment, and the environment over the file", async () => {
  await using stage = await createStage();
  const url = stage.env.DCV_SM_BROKER_URL!;
  const secret = stage.env.DCV_SM_CLIENT_PASSWORD!;
  await asConfigurationFile(stage, "my.conf");
  stage.env.DCV_SM_CLIENT_PASSWORD = "wrong";
  assertEquals((await stage.dcvkit("--conf", "my.conf", "sessions")).code, 253);
  stage.env.DCV_SM_CLIENT_PASSWORD = secret;
  stage.env.DCV_SM_BROKER_URL = "https://127.0.0.1:1";
  assertEquals((await stage.dcvkit("--conf", "my.conf", "doctor")).code, 253);
  assertEquals((await stage.dcvkit("--conf", "my.conf", "--broker-url", url, "sessions")).code, 0);
});

Deno.test("dcvkit says what is missing", async () => {
  await using stage = await createStage();
  delete stage.env.DCV_SM_CLIENT_PASSWORD;
  const half = await stage.dcvkit("sessions");
  assertEquals(half.code, 253);
  assertStringIncludes(half.stderr, "set DCV_SM_CLIENT_PASSWORD");
  delete stage.env.DCV_SM_BROKER_URL;
  const none = await stage.dcvkit("sessions");
  assertEquals(none.code, 253);
  assertStringIncludes(none.stderr, "--broker-url");
});

Deno.test("dcvkit takes a ready token from the environment", async () => {
  await using stage = await createStage();
  const { clientId, clientSecret } = stage.broker.credentials;
  const answer = await stage.broker.fetch(`${stage.broker.url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  stage.env.DCV_SM_OAUTH2_TOKEN = (await answer.json()).access_token;
  delete stage.env.DCV_SM_CLIENT_ID;
  delete stage.env.DCV_SM_CLIENT_PASSWORD;
  stage.broker.journal.clear();
  assertEquals((await stage.dcvkit("sessions")).code, 0);
  stage.broker.journal.assertNotReceived({ operation: "token" });
});

Deno.test("dcvkit --keep-token asks for one token in several calls, and keeps it where only its user can read it", async () => {
  await using stage = await createStage();
  await stage.dcvkit("--keep-token", "sessions");
  await stage.dcvkit("--keep-token", "servers");
  stage.broker.journal.assertReceived({ operation: "token" }, { times: 1 });
  const file = `${stage.folder}/.cache/dcvkit/tokens.json`;
  const text = await Deno.readTextFile(file);
  assert(!text.includes(stage.env.DCV_SM_CLIENT_PASSWORD!));
  if (Deno.build.os === "windows") return;
  assertEquals((await Deno.stat(file)).mode! & 0o777, 0o600);

  await Deno.chmod(file, 0o644);
  await stage.dcvkit("--keep-token", "servers");
  stage.broker.journal.assertReceived({ operation: "token" }, { times: 2 });
  assertEquals((await Deno.stat(file)).mode! & 0o777, 0o600);
});

Deno.test("dcvkit --keep-token gets over a token that the broker has forgotten, and a file that is damaged", async () => {
  await using stage = await createStage();
  await stage.dcvkit("--keep-token", "sessions");
  stage.broker.revokeTokens();
  assertEquals((await stage.dcvkit("--keep-token", "sessions")).code, 0);
  const file = `${stage.folder}/.cache/dcvkit/tokens.json`;
  for (const text of ["{", "", "null", "[1]", '{"a":null,"b":{"accessToken":1}}', "\0\xff"]) {
    await Deno.writeTextFile(file, text, { mode: 0o600 });
    assertEquals((await stage.dcvkit("--keep-token", "sessions")).code, 0, text);
    assertEquals(Object.values(JSON.parse(await Deno.readTextFile(file))).length, 1, text);
  }
});

Deno.test("dcvkit --keep-token asks for a token where the one that was kept has expired", async () => {
  await using stage = await createStage();
  await stage.dcvkit("--keep-token", "sessions");
  const file = `${stage.folder}/.cache/dcvkit/tokens.json`;
  const [[key, token]] = Object.entries(JSON.parse(await Deno.readTextFile(file))) as [[string, object]];
  const expired = { ...token, expiresAt: Date.now() - 1 };
  await Deno.writeTextFile(file, JSON.stringify({ [key]: expired, "another broker": expired }));
  assertEquals((await stage.dcvkit("--keep-token", "sessions")).code, 0);
  stage.broker.journal.assertReceived({ operation: "token" }, { times: 2 });
  assertEquals(Object.keys(JSON.parse(await Deno.readTextFile(file))), [key]);
});

Deno.test("dcvkit --keep-token does its work where no token can be kept, and says so", async () => {
  await using stage = await createStage();
  await Deno.writeTextFile(`${stage.folder}/.cache`, "a file where a folder should be");
  const { code, stderr } = await stage.dcvkit("--keep-token", "sessions");
  assertEquals(code, 0);
  assertStringIncludes(stderr, "The access token cannot be kept: ");
});

Deno.test("dcvkit never shows the secret, not even when it tells of every request", async () => {
  await using stage = await createStage();
  const { stdout, stderr } = await stage.dcvkit("--debug", "sessions");
  assertStringIncludes(stderr, "describeSessions: attempt 1");
  assert(!`${stdout}${stderr}`.includes(stage.env.DCV_SM_CLIENT_PASSWORD!));
});

Deno.test("dcvkit says what is wrong with a command line, with a near name", async () => {
  await using stage = await createStage();
  const { code, stderr } = await stage.dcvkit("sesions");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "Did you mean");
  assertEquals((await stage.dcvkit("sessions", "--ownr", "ana")).code, 2);
  assertEquals((await stage.dcvkit("--help")).code, 0);
  assertEquals((await stage.dcvkit("--version")).code, 0);
});

Deno.test("dcvkit ends with 130 on Ctrl-C", { ignore: Deno.build.os === "windows" }, async () => {
  await using stage = await createStage();
  stage.broker.faults.add({ operation: "describeSessions", fault: { type: "noAnswer" } });
  const asked = new Promise<void>((resolve) => {
    stage.broker.journal.subscribe(({ operation }) => operation === "describeSessions" && resolve());
  });
  const child = stage.start("sessions");
  await asked;
  child.kill("SIGINT");
  const { code } = await child.output();
  assertEquals(code, 130);
});

Deno.test("dcvkit ends with 255 if the broker is not reached, and 254 if it answers with an error", async () => {
  await using stage = await createStage();
  stage.broker.faults.add({ operation: "describeSessions", fault: { type: "status", status: 400 } });
  assertEquals((await stage.dcvkit("sessions")).code, 254);
  assertEquals((await stage.dcvkit("--broker-url", "https://127.0.0.1:1", "sessions")).code, 255);
});

Deno.test("dcvkit completion writes a script for the shell, which asks the command what may come next", async () => {
  await using stage = await createStage();
  const { code, stdout } = await stage.dcvkit("completion", "bash");
  assertEquals(code, 0);
  assertStringIncludes(stdout, "dcvkit complete -- ");
  assertStringIncludes((await stage.dcvkit("complete", "--", "ser")).stdout, "servers\t");
  assertStringIncludes((await stage.dcvkit("complete", "--", "sessions", "--ow")).stdout, "--owner\t");
});

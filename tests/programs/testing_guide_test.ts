import { assert, assertEquals, assertMatch } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { DEFAULT_FLEET } from "../../mock_broker/description/default_fleet.ts";
import {
  DOCUMENTATION_HOST,
  DOCUMENTATION_SESSIONS,
} from "../../mock_broker/description/documentation_sessions.ts";

const PROGRAMS = "examples/testing";

/** A broker as the guide has the reader start it, with its CA certificate in a file and the variables it names. */
interface Surroundings extends AsyncDisposable {
  folder: string;
  ca: string;
  env: Record<string, string>;
}

async function startBroker(): Promise<Surroundings> {
  const broker = new MockBroker({
    servers: [...DEFAULT_FLEET, DOCUMENTATION_HOST],
    sessions: DOCUMENTATION_SESSIONS,
  });
  const server = await broker.listen({ port: 0 });
  const folder = await Deno.makeTempDir({ prefix: "testing_guide_" });
  const ca = `${folder}/ca.pem`;
  await Deno.writeTextFile(ca, server.ca!);
  const { clientId, clientSecret } = broker.credentials;
  return {
    folder,
    ca,
    env: { BROKER_URL: server.url, DCV_SM_CLIENT_ID: clientId, DCV_SM_CLIENT_PASSWORD: clientSecret },
    async [Symbol.asyncDispose]() {
      await server.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function run(program: string, args: string[], env: Record<string, string> = {}) {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Whether a program is there and does this. */
async function can(program: string, ...args: string[]): Promise<boolean> {
  try {
    return (await run(program, args)).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Tests that are recipes of their own. */
const RECIPES = [
  "examples/bun/desktop.test.js",
  "examples/deno/desktop_test.ts",
  "examples/jest/desktop.test.js",
  "examples/node_test/desktop.test.js",
  "examples/vitest/desktop.test.js",
];

Deno.test("the guide to testing shows these programs, each to the letter", async () => {
  const guide = await Deno.readTextFile("docs/testing.md");
  const entries = await Array.fromAsync(Deno.readDir(PROGRAMS));
  const inOtherLanguages = entries.filter(({ isFile }) => isFile).map(({ name }) => `${PROGRAMS}/${name}`);
  assertEquals(inOtherLanguages.length, 3);
  for (const path of [...inOtherLanguages, ...RECIPES]) {
    const text = await Deno.readTextFile(path);
    assert(guide.includes(`\n${text}\`\`\`\n`), `docs/testing.md shows another ${path}`);
  }
});

Deno.test("the guide's tests for Deno pass", async () => {
  const args = ["test", "-A", "--no-check", "examples/deno/desktop_test.ts"];
  const { success, stdout } = await run(Deno.execPath(), args, { NO_COLOR: "1" });
  assert(success, stdout);
  assertMatch(stdout, /2 passed/);
});

Deno.test({
  name: "the guide's Python program finds the sessions, and only with the CA certificate",
  ignore: !await can("python3", "--version"),
  async fn() {
    await using broker = await startBroker();
    const args = [`${PROGRAMS}/describe_sessions.py`];
    const trusting = await run("python3", args, { ...broker.env, SSL_CERT_FILE: broker.ca });
    assertEquals(trusting.stdout, "SessionId1895 READY\nSessionId1897 READY\n", trusting.stderr);
    assertMatch((await run("python3", args, broker.env)).stderr, /CERTIFICATE_VERIFY_FAILED/);
  },
});

Deno.test({
  name: "the guide's Python program with requests finds the sessions, and only with the CA certificate",
  ignore: !await can("python3", "-c", "import requests"),
  async fn() {
    await using broker = await startBroker();
    const args = [`${PROGRAMS}/describe_sessions_with_requests.py`];
    const trusting = await run("python3", args, { ...broker.env, REQUESTS_CA_BUNDLE: broker.ca });
    assertEquals(trusting.stdout, "SessionId1895 READY\nSessionId1897 READY\n", trusting.stderr);
    assertMatch((await run("python3", args, broker.env)).stderr, /CERTIFICATE_VERIFY_FAILED/);
  },
});

Deno.test({
  name: "the guide's Java program finds a session, with a trust store made as the guide says",
  ignore: !await can("java", "-version") || !await can("keytool", "-help"),
  async fn() {
    await using broker = await startBroker();
    const store = `${broker.folder}/ca.p12`;
    const paths = (command: string) =>
      command.split(" ").slice(1).map((word) =>
        word.replace("ca/ca.pem", broker.ca).replace("ca/ca.p12", store)
      );
    const guide = await Deno.readTextFile("docs/testing.md");
    await run("keytool", paths(/^keytool .*$/m.exec(guide)![0]));
    const args = paths(
      /^java .*$/m.exec(guide)![0].replace("DescribeSessions.java", `${PROGRAMS}/DescribeSessions.java`),
    );
    const { stdout, stderr } = await run("java", args, broker.env);
    assertEquals(stdout, "SessionId1895\n", stderr);
  },
});

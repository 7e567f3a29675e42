import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { DOCUMENTATION_CLIENT } from "../../mock_broker/description/documentation_sessions.ts";
import {
  CAN_BE_TOLD_TO_STOP,
  runCommand,
  runCommandWith,
  type RunningCommand,
  startCommand,
  startCommandWith,
} from "./command.ts";

async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** What stands behind a label in the introduction. */
function value({ output }: RunningCommand, label: string): string {
  return new RegExp(`${label} +(\\S+)`).exec(output)![1]!;
}

function credentialsOf(broker: RunningCommand): { clientId: string; clientSecret: string } {
  return { clientId: value(broker, "client id"), clientSecret: value(broker, "client secret") };
}

/** The credentials that the command has with these options, over plain HTTP. */
async function credentialsWith(...args: string[]) {
  await using broker = await startCommand("--no-tls", "--no-desktop", ...args);
  return credentialsOf(broker);
}

Deno.test("on this machine alone the credentials are those of AWS's first example", async () => {
  for (const host of ["127.0.0.1", "localhost"]) {
    assertEquals(await credentialsWith("--host", host), DOCUMENTATION_CLIENT);
  }
  assertEquals(await credentialsWith("--fleet", "large"), DOCUMENTATION_CLIENT);
});

Deno.test("where others can reach the broker, and are meant to, the credentials are random", async () => {
  for (const args of [["--host", "0.0.0.0"], ["--control"]]) {
    const one = await credentialsWith(...args);
    const two = await credentialsWith(...args);
    for (const name of ["clientId", "clientSecret"] as const) {
      assertNotEquals(one[name], DOCUMENTATION_CLIENT[name]);
      assertNotEquals(one[name], two[name]);
    }
  }
});

Deno.test("credentials that somebody has named are used instead, each for itself", async () => {
  assertEquals(await credentialsWith("--client-id", "portal"), {
    ...DOCUMENTATION_CLIENT,
    clientId: "portal",
  });
  assertEquals(await credentialsWith("--client-secret", "secret"), {
    ...DOCUMENTATION_CLIENT,
    clientSecret: "secret",
  });
  await using folder = await temporaryFolder();
  const fleet = `${folder.path}/lab.yaml`;
  await Deno.writeTextFile(fleet, "clients: [{ clientId: mine, clientSecret: own }]\n");
  assertEquals(await credentialsWith("--fleet", fleet), { clientId: "mine", clientSecret: "own" });
});

Deno.test("--version and -v print the version that all packages have", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  for (const option of ["--version", "-v"]) {
    const { code, stdout } = await runCommand(option);
    assertEquals([code, stdout], [0, `${version}\n`]);
  }
});

Deno.test("-h prints what --help prints", async () => {
  const [short, long] = await Promise.all([runCommand("-h"), runCommand("--help")]);
  assertEquals(short, long);
});

Deno.test("each option has a variable in the environment, and the command line wins over it", async () => {
  const env = {
    DCV_MOCK_NO_TLS: "true",
    DCV_MOCK_HOST: "localhost",
    DCV_MOCK_CLIENT_ID: "from-environment",
    DCV_MOCK_CLIENT_SECRET: "secret",
    DCV_MOCK_NO_DESKTOP: "1",
    DCV_MOCK_WORLDS: "no",
    DCV_MOCK_SEED: "",
    DCV_MOCK_LOG: "quiet",
  };
  await using broker = await startCommandWith({ env }, "--client-secret", "other");
  assertMatch(value(broker, "broker on"), /^http:\/\/localhost:/);
  assert(!broker.output.includes("desktops"));
  assertEquals(credentialsOf(broker), { clientId: "from-environment", clientSecret: "other" });
  const world = await fetch(`${value(broker, "broker on")}/worlds/one/health`);
  await world.body?.cancel();
  assertEquals(world.status, 404);
});

Deno.test("names in the certificate stand in one variable, with commas in between", async () => {
  await using folder = await temporaryFolder();
  const env = { DCV_MOCK_NAME: "broker, broker.example.com", DCV_MOCK_CA_DIR: folder.path };
  await using broker = await startCommandWith({ env });
  for (const serverName of ["broker", "broker.example.com"]) {
    using fetch = createTlsFetch({ ca: await Deno.readTextFile(`${folder.path}/ca.pem`), serverName });
    const answer = await fetch(`${value(broker, "broker on")}/health`);
    await answer.body?.cancel();
    assertEquals(answer.status, 200);
  }
});

Deno.test("a variable with a value that cannot be, or that contradicts an option, is named", async () => {
  const refusal = async (env: Record<string, string>, ...args: string[]) => {
    const { code, stderr } = await runCommandWith({ env }, ...args);
    assertEquals(code, 2);
    return stderr;
  };
  assertStringIncludes(await refusal({ DCV_MOCK_PORT: "many" }), "value 'many' from env 'DCV_MOCK_PORT'");
  assertStringIncludes(
    await refusal({ DCV_MOCK_FROZEN: "maybe" }),
    "The variable DCV_MOCK_FROZEN of the environment must be true or false: maybe",
  );
  assertStringIncludes(
    await refusal({ DCV_MOCK_CA_DIR: "ca" }, "--no-tls"),
    "option '--no-tls' cannot be used with environment variable 'DCV_MOCK_CA_DIR'",
  );
});

Deno.test("a variable that no option has is told of if another one may have been meant", async () => {
  const env = { DCV_MOCK_PROT: "2", DCV_MOCK_URL_OF_MY_TESTS: "http://127.0.0.1" };
  await using broker = await startCommandWith({ env }, "--no-tls", "--no-desktop");
  if (CAN_BE_TOLD_TO_STOP) await broker.stop("SIGTERM");
  else await broker[Symbol.asyncDispose]();
  assertEquals(
    await broker.stderr,
    "dcv-mock-broker: No option has the variable DCV_MOCK_PROT of the environment: DCV_MOCK_PORT?\n",
  );
});

Deno.test("a port in use that is not the one for clients is answered with the option that it is of", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  for (const option of ["--agent-port", "--gateway-port", "--desktop-port"]) {
    const { code, stderr } = await runCommand("--port", "0", "--no-tls", option, String(port));
    assertEquals(code, 2);
    assertStringIncludes(stderr, `another program listens there. Any free port: ${option} 0`);
  }
});

Deno.test("--env-file is what a program needs to find the broker and to come in", async () => {
  await using folder = await temporaryFolder();
  const args = ["--env-file", ".env", "--client-secret", "with $ and blanks"];
  await using broker = await startCommandWith({ folder: folder.path }, ...args);
  const variables = variablesIn(await Deno.readTextFile(`${folder.path}/.env`));
  assertEquals(variables.DCV_SM_BROKER_URL, value(broker, "broker on"));
  using fetch = createTlsFetch({ ca: await Deno.readTextFile(variables.DCV_SM_CA_FILE!) });
  const client = new SessionManagerClient({
    brokerUrl: variables.DCV_SM_BROKER_URL!,
    ...optionsFromEnvironment(variables),
    fetch,
  });
  assertEquals((await client.describeServers()).Servers.length, 7);
  if (Deno.build.os !== "windows") {
    assertEquals((await Deno.stat(`${folder.path}/.env`)).mode! & 0o777, 0o600);
  }
});

function variablesIn(text: string): Record<string, string | undefined> {
  const lines = text.split("\n").filter((line) => line.includes("=") && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => {
    const [, name, text] = /^(\w+)=(.*)$/.exec(line)!;
    return [name!, text!.replace(/^'(.*)'$/, "$1")];
  }));
}

Deno.test({
  name: "--env-file leaves what else is in the file, above its own, and goes again when the command ends",
  ignore: !CAN_BE_TOLD_TO_STOP,
  async fn() {
    await using folder = await temporaryFolder();
    const path = `${folder.path}/.env`;
    const own = "DCV_SM_CLIENT_PASSWORD=of-the-real-broker\nEDITOR=vi\n";
    await Deno.writeTextFile(path, own);
    const start = () => startCommandWith({ folder: folder.path }, "--no-tls", "--env-file", ".env");
    for (let start_ = 0; start_ < 2; start_++) {
      await using broker = await start();
      const text = await Deno.readTextFile(path);
      assert(text.startsWith(own));
      assertEquals(variablesIn(text).DCV_SM_CLIENT_PASSWORD, DOCUMENTATION_CLIENT.clientSecret);
      // A command that is killed cannot take its lines out: the next one replaces them.
      if (start_ === 0) await broker.stop("SIGKILL");
      else await broker.stop("SIGTERM");
    }
    assertEquals(await Deno.readTextFile(path), own);
    await Deno.remove(path);
    await (await start()).stop("SIGTERM");
    assertEquals([...Deno.readDirSync(folder.path)].filter(({ name }) => name.startsWith(".env")), []);
  },
});

Deno.test("--env-file that cannot be written ends the command, and leaves no other file behind", async () => {
  await using folder = await temporaryFolder();
  const { code, stderr } = await runCommandWith(
    { folder: folder.path },
    ...["--port", "0", "--env-file", "none/.env"],
  );
  assertEquals(code, 2);
  assertMatch(stderr, /^dcv-mock-broker: Cannot write the variables: .*none/);
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

Deno.test("completion prints a script for the shell, which asks the command what may come next", async () => {
  const { code, stdout } = await runCommand("completion", "bash");
  assertEquals(code, 0);
  assertStringIncludes(stdout, "dcv-mock-broker complete -- ");
  assertStringIncludes((await runCommand("complete", "--", "--ca")).stdout, "--ca-dir\t");
  assertStringIncludes((await runCommand("complete", "--", "--fleet", "")).stdout, "small-lab\t");
  assertStringIncludes((await runCommand("complete", "--", "--log", "")).stdout, "quiet\t");
});

/** A program that asks for a token with every call, as the samples of AWS's guide do. */
async function askWithATokenEach(url: string, credentials: { clientId: string; clientSecret: string }) {
  for (let call = 0; call < 3; call++) {
    await new SessionManagerClient({ brokerUrl: url, credentials }).describeServers();
  }
}

Deno.test({
  name: "--advice says at the end what programs did that would hurt, with the numbers of the entries",
  ignore: !CAN_BE_TOLD_TO_STOP,
  async fn() {
    await using broker = await startCommandWith({}, "--no-tls", "--no-desktop", "--advice");
    await askWithATokenEach(value(broker, "broker on"), credentialsOf(broker));
    assertEquals(await broker.stop("SIGTERM"), 0);
    const text = await broker.stderr;
    assertStringIncludes(
      text,
      "Advice on 6 requests:\n\nAsks for an access token with every call (token-per-call)",
    );
    assertStringIncludes(text, `\n  who      ${DOCUMENTATION_CLIENT.clientId}\n`);
    assertStringIncludes(text, "\n  where    entries 1, 3 of the journal\n");
    assertEquals(text.match(/^\S.*\(.*\)$/gm)?.length, 1);
  },
});

Deno.test({
  name: "--advice says so if there is none, and nothing is said without it",
  ignore: !CAN_BE_TOLD_TO_STOP,
  async fn() {
    for (const args of [["--advice"], []]) {
      await using broker = await startCommandWith({}, "--no-tls", "--no-desktop", ...args);
      assertEquals(await broker.stop("SIGTERM"), 0);
      assertEquals(await broker.stderr, args.length === 0 ? "" : "Advice on 0 requests: none\n");
    }
  },
});

Deno.test({
  name: "--advice --log json is an event for each world that was asked for something",
  ignore: !CAN_BE_TOLD_TO_STOP,
  async fn() {
    await using broker = await startCommandWith(
      {},
      ...["--no-tls", "--no-desktop", "--worlds", "--log", "json", "--advice"],
    );
    await askWithATokenEach(`${JSON.parse(broker.output).url}/worlds/one`, DOCUMENTATION_CLIENT);
    assertEquals(await broker.stop("SIGTERM"), 0);
    const events = broker.unread().trim().split("\n").map((line) => JSON.parse(line))
      .filter(({ event }) => event === "advice");
    assertEquals(events.map(({ world, advice }) => [world, advice.map(({ id }: { id: string }) => id)]), [
      ["one", ["token-per-call"]],
    ]);
  },
});

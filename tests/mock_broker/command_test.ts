import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { X509Certificate } from "node:crypto";
import { type ClientOptions, type Server, SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { CertificateAuthority } from "../../mock_broker/server/certificates.ts";
import { CAN_BE_TOLD_TO_STOP, runCommand, type RunningCommand, startCommand } from "./command.ts";

/** What stands behind a label in the introduction. */
function value({ output }: RunningCommand, label: string): string {
  return new RegExp(`${label} +(\\S+)`).exec(output)![1]!;
}

interface Credentials {
  clientId: string;
  clientSecret: string;
}

function credentialsOf(broker: RunningCommand): Credentials {
  return { clientId: value(broker, "client id"), clientSecret: value(broker, "client secret") };
}

function clientOptions(broker: RunningCommand): ClientOptions {
  return { brokerUrl: value(broker, "broker on"), credentials: credentialsOf(broker) };
}

function clientOf(broker: RunningCommand, fetch: typeof globalThis.fetch): SessionManagerClient {
  return new SessionManagerClient({ ...clientOptions(broker), fetch });
}

/** The servers of a broker that speaks plain HTTP. */
function serversOf(broker: RunningCommand): Promise<Server[]> {
  return Array.fromAsync(clientOf(broker, fetch).listServers());
}

async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Runs the command with what should make it refuse; what it says, without its name. */
async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(...args);
  assertEquals([code, stdout], [2, ""], stderr);
  return stderr.trim().replace(/^dcv-mock-broker: /, "");
}

Deno.test("the command prints a URL, credentials and a CA file with which a client finds the guide's sessions", async () => {
  await using broker = await startCommand();
  using fetch = createTlsFetch({ ca: await Deno.readTextFile(value(broker, "CA certificate")) });
  const found = await clientOf(broker, fetch).describeSessions({
    SessionIds: ["SessionId1895", "SessionId1897"],
    Filters: [{ Key: "owner", Value: "an owner 1890" }, { Key: "tag:ram", Value: "4gb" }],
  });
  assertEquals(found.Sessions?.map(({ Id, State }) => [Id, State]), [
    ["SessionId1895", "READY"],
    ["SessionId1897", "READY"],
  ]);
});

Deno.test({
  name: "the curl command that is printed lists the sessions when it is pasted into a shell",
  // Windows has no POSIX shell to paste it into.
  ignore: Deno.build.os === "windows",
  async fn() {
    await using broker = await startCommand();
    const script = broker.output.slice(broker.output.indexOf("curl "), broker.output.indexOf("Stop it"));
    const { code, stdout, stderr } = await new Deno.Command("sh", { args: ["-c", script] }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertStringIncludes(new TextDecoder().decode(stdout), '"Id":"SessionId1895"');
  },
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test({
    name: `the command stops cleanly on ${signal}`,
    ignore: !CAN_BE_TOLD_TO_STOP,
    async fn() {
      await using broker = await startCommand();
      assertEquals(await broker.stop(signal), 0);
    },
  });
}

Deno.test({
  name: "a request that is running when the command is stopped is answered before it ends",
  ignore: !CAN_BE_TOLD_TO_STOP,
  async fn() {
    await using broker = await startCommand("--no-tls");
    const { host, hostname, port } = new URL(value(broker, "broker on"));
    using connection = await Deno.connect({ hostname, port: Number(port) });
    const send = (text: string) => connection.write(new TextEncoder().encode(text));
    const token = await tokenFrom(value(broker, "broker on"), credentialsOf(broker));
    await send(
      `POST /describeSessions HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n`,
    );
    await send(`Content-Length: 2\r\n\r\n{`);
    const stopped = broker.stop("SIGTERM");
    while (await isListening(hostname, Number(port))) { /* until the command has had the signal */ }
    await send("}");
    const answer = await new Response(connection.readable).text();
    assertMatch(answer, /^HTTP\/1.1 200 .*"Id":"SessionId1895"/s);
    assertEquals(await stopped, 0);
  },
});

async function tokenFrom(url: string, { clientId, clientSecret }: Credentials): Promise<string> {
  const answer = await fetch(`${url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  return (await answer.json()).access_token;
}

async function isListening(hostname: string, port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname, port })).close();
    return true;
  } catch {
    return false;
  }
}

Deno.test("--help names each option in 80 columns, with examples", async () => {
  const { code, stdout } = await runCommand("--help");
  assertEquals(code, 0);
  assertMatch(stdout, /--port <number> [^-]*8443/);
  assertMatch(stdout, /^Examples:\n( +dcv-mock-broker .+\n){2}/m);
  for (const line of stdout.split("\n")) assert(line.length <= 80, line);
});

Deno.test("the guide to the command shows what --help prints", async () => {
  const { stdout } = await runCommand("--help");
  const guide = await Deno.readTextFile(new URL("../../docs/command.md", import.meta.url));
  assertStringIncludes(guide, `\n${stdout}\`\`\`\n`);
});

Deno.test("a wrong option is named, with one of a similar name, and the command exits 2", async () => {
  assertEquals(
    await refusal("--port", "many"),
    "option '--port <number>' argument 'many' is invalid. Expected a port from 0 to 65535",
  );
  assertEquals(
    await refusal("--log", "xml"),
    "option '--log <format>' argument 'xml' is invalid. Allowed choices are readable, json, quiet.",
  );
  assertEquals(await refusal("--prot", "1"), "unknown option '--prot'\n(Did you mean --port?)");
  assertStringIncludes(await refusal("large"), "too many arguments");
});

Deno.test("options that contradict each other are refused", async () => {
  assertEquals(await refusal("--cert", "server.pem"), "Options --cert and --key go together");
  assertEquals(await refusal("--watch"), "Option --watch needs a fleet file: --fleet PATH");
  assertEquals(
    await refusal("--watch", "--fleet", "large"),
    "Option --watch needs a fleet file of your own: large never changes",
  );
  assertEquals(
    await refusal("--frozen", "--speed", "2"),
    "option '--frozen' cannot be used with option '--speed <number>'",
  );
  assertEquals(
    await refusal("--no-tls", "--ca-dir", "ca"),
    "option '--no-tls' cannot be used with option '--ca-dir <path>'",
  );
});

Deno.test("a port in use is named, with a way out, and the command exits 2", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  assertEquals(
    await refusal("--no-tls", "--port", String(port)),
    `Cannot listen on 127.0.0.1:${port}: another program listens there. Any free port: --port 0`,
  );
});

Deno.test("--no-tls serves plain HTTP", async () => {
  await using broker = await startCommand("--no-tls");
  assertMatch(value(broker, "broker on"), /^http:/);
  assertEquals((await serversOf(broker)).length, 7);
});

Deno.test("--ca-dir keeps the CA, so that a client that trusts it reaches the next start too", async () => {
  await using folder = await temporaryFolder();
  const caDir = `${folder.path}/ca`;
  const ca = await startCommand("--ca-dir", caDir).then(async (first) => {
    await using broker = first;
    return await Deno.readTextFile(value(broker, "CA certificate"));
  });
  await using broker = await startCommand("--ca-dir", caDir);
  using fetch = createTlsFetch({ ca });
  assertEquals((await clientOf(broker, fetch).describeServers()).Servers?.length, 7);
});

Deno.test({
  name: "--ca-dir keeps the CA's private key from other users",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await temporaryFolder();
    await using _broker = await startCommand("--ca-dir", folder.path);
    const { mode } = await Deno.stat(`${folder.path}/ca-key.pem`);
    assertEquals(mode! & 0o777, 0o600);
  },
});

Deno.test("without --ca-dir each start has a CA of its own", async () => {
  await using one = await startCommand();
  await using two = await startCommand();
  const caOf = async (broker: RunningCommand) =>
    new X509Certificate(await Deno.readTextFile(value(broker, "CA certificate"))).fingerprint256;
  assertNotEquals(await caOf(one), await caOf(two));
});

Deno.test("--name puts another name into the certificate", async () => {
  await using broker = await startCommand("--name", "broker", "--name", "broker.example.com");
  const ca = await Deno.readTextFile(value(broker, "CA certificate"));
  for (const serverName of ["broker", "broker.example.com", "localhost"]) {
    using fetch = createTlsFetch({ ca, serverName });
    assertEquals((await clientOf(broker, fetch).describeServers()).Servers?.length, 7);
  }
  assertEquals(
    await refusal("--name", "not a name"),
    `listen(): names[0]: must be a host name or an IP address: got "not a name"`,
  );
});

Deno.test("--cert and --key are shown to clients as they are", async () => {
  await using folder = await temporaryFolder();
  const [cert, key] = [`${folder.path}/server.pem`, `${folder.path}/key.pem`];
  const authority = CertificateAuthority.create();
  const issued = authority.issueServerCertificate();
  await Deno.writeTextFile(cert, issued.cert);
  await Deno.writeTextFile(key, issued.key);
  await using broker = await startCommand("--cert", cert, "--key", key);
  assert(!broker.output.includes("CA certificate"));
  using fetch = createTlsFetch({ ca: authority.cert });
  assertEquals((await clientOf(broker, fetch).describeServers()).Servers?.length, 7);
});

Deno.test("a certificate, a key or a CA that cannot be used is named", async () => {
  await using folder = await temporaryFolder();
  const [cert, key, other] = ["server.pem", "key.pem", "other.pem"].map((name) => `${folder.path}/${name}`);
  const authority = CertificateAuthority.create();
  const issued = authority.issueServerCertificate();
  await Deno.writeTextFile(cert!, issued.cert);
  await Deno.writeTextFile(key!, authority.exportKey());
  await Deno.writeTextFile(other!, "not PEM");
  await Deno.writeTextFile(`${folder.path}/ca.pem`, authority.cert);
  assertEquals(
    await refusal("--cert", cert!, "--key", key!),
    `${key} is not the private key of the certificate ${cert}`,
  );
  assertEquals(await refusal("--cert", other!, "--key", key!), `${other} is not a PEM certificate`);
  assertEquals(
    await refusal("--cert", `${folder.path}/none.pem`, "--key", key!),
    `Cannot read the certificate ${folder.path}/none.pem: there is no such file`,
  );
  assertMatch(
    await refusal("--port", "0", "--ca-file", `${folder.path}/none/ca.pem`),
    /^Cannot write the CA certificate: .*none/,
  );
  assertMatch(
    await refusal("--ca-dir", folder.path),
    /^Cannot read the CA key .*ca-key\.pem: there is no such file$/,
  );
});

for (const [fleet, hosts] of [["small-lab", 6], ["large", 1_000], ["in-trouble", 8]] as const) {
  Deno.test(`--fleet ${fleet} has ${hosts} hosts`, async () => {
    await using broker = await startCommand("--no-tls", "--fleet", fleet, "--seed", "1");
    assertEquals((await serversOf(broker)).length, hosts);
  });
}

Deno.test("a ready fleet is printed as a file, which --fleet takes", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/lab.yaml`;
  const { code, stdout } = await runCommand("--print-fleet", "small-lab");
  assertEquals(code, 0);
  await Deno.writeTextFile(file, stdout);
  await using broker = await startCommand("--no-tls", "--fleet", file);
  assertEquals((await serversOf(broker)).length, 6);
});

Deno.test("the JSON Schema of fleet files is printed for editors", async () => {
  const { code, stdout } = await runCommand("--print-schema");
  assertEquals(code, 0);
  assertEquals(Object.keys(JSON.parse(stdout).properties).includes("servers"), true);
});

Deno.test("a fleet file that is wrong is named with its lines, and one that is not there with those that are", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/lab.yaml`;
  await Deno.writeTextFile(file, "servers:\n  - cpus: many\n");
  assertMatch(await refusal("--fleet", file), /lab\.yaml:2:5: servers\[0\]\.cpus: .*"many"$/);
  assertEquals(
    await refusal("--fleet", "nowhere.yaml"),
    "Cannot read the fleet file nowhere.yaml: there is no such file; ready fleets are small-lab, large, in-trouble",
  );
});

Deno.test("a broker's own properties file is taken as it is", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/session-manager-broker.properties`;
  await Deno.writeTextFile(
    file,
    "broker-java-home =\nsession-manager-working-path = /tmp\nenable-authorization = false\n",
  );
  await using broker = await startCommand("--no-tls", "--properties", file);
  const answer = await fetch(`${value(broker, "broker on")}/describeSessions`, {
    method: "POST",
    body: "{}",
  });
  assertEquals((await answer.json()).Sessions.length, 2);
});

Deno.test("a properties file that is wrong is named with its lines", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/broker.properties`;
  await Deno.writeTextFile(file, "# a comment\nenable-gateway = maybe\n\nsession-screenshot-format = gif\n");
  const message = await refusal("--properties", file);
  assertStringIncludes(
    message,
    `broker.properties:2: enable-gateway: must be true or false: got "maybe"`,
  );
  assertStringIncludes(message, `broker.properties:4: session-screenshot-format: must be png or jpeg`);
});

Deno.test("--client-id, --client-secret and --seed settle what is random otherwise", async () => {
  const args = ["--no-tls", "--client-id", "portal", "--client-secret", "secret", "--seed", "7"];
  await using one = await startCommand(...args);
  await using two = await startCommand(...args);
  assertEquals([value(one, "client id"), value(one, "client secret")], ["portal", "secret"]);
  const ids = async (broker: RunningCommand) => (await serversOf(broker)).map(({ Id }) => Id);
  assertEquals(await ids(one), await ids(two));
});

Deno.test("--agent-port and --gateway-port open the other connectors", async () => {
  await using broker = await startCommand("--no-tls", "--agent-port", "0", "--gateway-port", "0");
  const status = async (url: string) => {
    const answer = await fetch(url, { method: "POST" });
    await answer.body?.cancel();
    return answer.status;
  };
  assertEquals(await status(`${value(broker, "for agents")}/agent/validate-authentication-token`), 200);
  assertNotEquals(await status(`${value(broker, "for gateways")}/resolveSession`), 404);
});

Deno.test("an address that other machines reach is pointed out", async () => {
  await using open = await startCommand("--no-tls", "--host", "0.0.0.0");
  assertStringIncludes(open.output, "Other machines can reach it: it listens on 0.0.0.0.");
  await using closed = await startCommand("--no-tls");
  assert(!closed.output.includes("Other machines"));
});

Deno.test("the console is at the URL that is printed", async () => {
  await using broker = await startCommand("--no-tls");
  const page = await fetch(value(broker, "console"));
  assertMatch(await page.text(), /^<!DOCTYPE html>/i);
});

Deno.test("the control API is there unless other machines could reach it, or it is switched off", async () => {
  const statusWith = async (...args: string[]) => {
    await using broker = await startCommand("--no-tls", ...args);
    const answer = await fetch(`${value(broker, "broker on")}/_mock/state`);
    await answer.body?.cancel();
    assertEquals(broker.output.includes("control API"), answer.ok);
    return answer.status;
  };
  assertEquals(await statusWith(), 200);
  assertEquals(await statusWith("--no-control"), 404);
  assertEquals(await statusWith("--host", "0.0.0.0"), 404);
  assertEquals(await statusWith("--host", "0.0.0.0", "--control"), 200);
});

Deno.test("--frozen lets time stand until the control API moves it", async () => {
  await using broker = await startCommand("--no-tls", "--frozen");
  const client = new SessionManagerClient(clientOptions(broker));
  const { Id } = await client.createSession({ Name: "dev", Owner: "ana", Type: "VIRTUAL" });
  const stateOf = async () => (await client.describeSessions({ SessionIds: [Id] })).Sessions?.[0]?.State;
  assertEquals(await stateOf(), "CREATING");
  const answer = await fetch(`${value(broker, "broker on")}/_mock/clock/advance`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ milliseconds: 30_000 }),
  });
  await answer.body?.cancel();
  assertEquals(await stateOf(), "READY");
});

Deno.test("--speed lets time pass so many times as fast", async () => {
  await using broker = await startCommand("--no-tls", "--speed", "2.5");
  const answer = await fetch(`${value(broker, "broker on")}/_mock/clock`);
  const { speed, frozen } = await answer.json();
  assertEquals([speed, frozen], [2.5, false]);
});

Deno.test("--worlds leads to a world for each name", async () => {
  await using broker = await startCommand("--no-tls", "--worlds");
  const options = clientOptions(broker);
  const clientFor = (world: string) =>
    new SessionManagerClient({ ...options, brokerUrl: `${options.brokerUrl}/worlds/${world}` });
  await clientFor("one").createSession({ Name: "dev", Owner: "ana", Type: "VIRTUAL" });
  assertEquals((await clientFor("one").describeSessions({})).Sessions?.length, 3);
  assertEquals((await clientFor("two").describeSessions({})).Sessions?.length, 2);
});

Deno.test("--watch takes over what changes in the fleet file, and goes on when it is broken", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/lab.yaml`;
  await Deno.writeTextFile(file, "servers: [{ hostname: one }]\n");
  await using broker = await startCommand("--no-tls", "--fleet", file, "--watch");
  const hostnames = async () => (await serversOf(broker)).map(({ Hostname }) => Hostname);

  await Deno.writeTextFile(file, "servers: [{ hostname: one }, { hostname: two }]\nseed: 5\n");
  await broker.readUntil("lab.yaml taken over: server two added; after a reset: seed\n");
  assertEquals(await hostnames(), ["one", "two"]);

  await Deno.writeTextFile(file, "servers: [{ hostname: one }, { hostname: }]\n");
  await broker.readUntil("lab.yaml:1:32: servers[1].hostname: ");
  await broker.readUntil("The world goes on as it was\n");
  assertEquals(await hostnames(), ["one", "two"]);

  await Deno.remove(file);
  await broker.readUntil("lab.yaml: there is no such file");
  await Deno.writeTextFile(file, "servers: [{ hostname: one }, { hostname: two }, { hostname: three }]\n");
  await broker.readUntil("server three added");
  if (CAN_BE_TOLD_TO_STOP) assertEquals(await broker.stop("SIGTERM"), 0);
});

Deno.test("each request is told of in a line, with what failed in it", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/lab.yaml`;
  await Deno.writeTextFile(
    file,
    "faults: [{ id: no-list, operation: describeServers, fault: { type: status, status: 503 } }]",
  );
  await using broker = await startCommand("--no-tls", "--fleet", file);
  const client = new SessionManagerClient({ ...clientOptions(broker), retry: false });
  await client.deleteSessions([{ SessionId: "none", Owner: "ana" }]);
  assertMatch(
    await broker.readUntil(" - none failed: The requested dcvSession does not exist\n"),
    /^\d{4}-\d\d-\d\dT\S+Z 200 POST \/oauth2\/token token \d+ ms by \S+\n\S+ 200 POST \/deleteSessions /,
  );
  await client.describeServers().catch(() => {});
  await broker.readUntil("; struck by no-list (status)\n");
});

Deno.test("--log json prints a line of JSON for each event, without any secret", async () => {
  const user = { clientId: "portal", clientSecret: "very-secret" };
  const arguments_ = ["--client-id", user.clientId, "--client-secret", user.clientSecret];
  await using broker = await startCommand("--no-tls", "--log", "json", ...arguments_);
  const { event, url, clientId } = JSON.parse(broker.output);
  assertEquals([event, clientId], ["listening", "portal"]);
  const token = await tokenFrom(url, user);
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/sessionConnectionData/SessionId1895/ana`, { headers });
  const { ConnectionToken } = await answer.json();
  await broker.stop("SIGTERM");
  const lines = broker.unread().trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(
    lines.map(({ event, operation, status, clientId }) => [event, operation, status, clientId]),
    [["request", "token", 200, "portal"], ["request", "getSessionConnectionData", 200, "portal"]],
  );
  for (const secret of [user.clientSecret, token, ConnectionToken, btoa(`portal:${user.clientSecret}`)]) {
    assert(!`${broker.output}${broker.unread()}`.includes(secret));
  }
});

Deno.test("--log quiet prints nothing after the introduction", async () => {
  await using broker = await startCommand("--no-tls", "--log", "quiet");
  await serversOf(broker);
  await broker.stop("SIGTERM");
  assertEquals(broker.unread(), "");
});

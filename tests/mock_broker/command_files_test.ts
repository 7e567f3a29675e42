import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { CertificateAuthority } from "../../mock_broker/server/certificates.ts";
import { CAN_BE_TOLD_TO_STOP, runCommand, startCommand, startCommandIn } from "./command.ts";

async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

Deno.test("four first starts at once on one --ca-dir make one authority, whole", async () => {
  await using folder = await temporaryFolder();
  const caDir = `${folder.path}/ca`;
  const brokers = await Promise.all([1, 2, 3, 4].map(() => startCommand("--ca-dir", caDir)));
  for (const broker of brokers) await broker[Symbol.asyncDispose]();
  const certificate = new X509Certificate(await Deno.readTextFile(`${caDir}/ca.pem`));
  assert(certificate.checkPrivateKey(createPrivateKey(await Deno.readTextFile(`${caDir}/ca-key.pem`))));
  const names = [];
  for await (const { name } of Deno.readDir(caDir)) names.push(name);
  assertEquals(names.sort(), ["ca-key.pem", "ca.pem"]);
});

Deno.test("a start that ended between key and certificate of a --ca-dir does no harm", async () => {
  await using folder = await temporaryFolder();
  const key = CertificateAuthority.create().exportKey();
  await Deno.writeTextFile(`${folder.path}/ca-key.pem`, key, { mode: 0o600 });
  await using _broker = await startCommand("--ca-dir", folder.path);
  const certificate = new X509Certificate(await Deno.readTextFile(`${folder.path}/ca.pem`));
  assert(certificate.checkPrivateKey(createPrivateKey(key)));
});

Deno.test({
  name: "a key that others may read is taken away from them, and that is said",
  // Windows has no such modes.
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await temporaryFolder();
    const caDir = `${folder.path}/ca`;
    await (await startCommand("--ca-dir", caDir)).stop("SIGTERM");
    await Deno.chmod(`${caDir}/ca-key.pem`, 0o644);
    await using broker = await startCommand("--ca-dir", caDir, "--log", "json");
    assertMatch(await broker.readUntil("\n"), /"warning".*ca-key\.pem: its mode was 0644, and is 0600 now/);
    assertEquals((await Deno.stat(`${caDir}/ca-key.pem`)).mode! & 0o777, 0o600);

    const issued = CertificateAuthority.create().issueServerCertificate();
    const [cert, key] = [`${folder.path}/cert.pem`, `${folder.path}/key.pem`];
    await Deno.writeTextFile(cert, issued.cert);
    await Deno.writeTextFile(key, issued.key, { mode: 0o644 });
    await using given = await startCommand("--cert", cert, "--key", key, "--log", "json");
    assertMatch(await given.readUntil("\n"), /its mode was 0644, and is 0640 now/);
  },
});

Deno.test("two commands in one folder have a CA file each, and leave none behind", async () => {
  await using folder = await temporaryFolder();
  const files = async () => {
    const names = [];
    for await (const { name } of Deno.readDir(folder.path)) names.push(name);
    return names;
  };
  const one = await startCommandIn(folder.path);
  const two = await startCommandIn(folder.path);
  const caOf = ({ output }: { output: string }) => /CA certificate (\S+)/.exec(output)![1]!;
  const [first, second] = await Promise.all([one, two].map((broker) => Deno.readTextFile(caOf(broker))));
  assert(first !== second);
  for (const [broker, ca] of [[one, first], [two, second]] as const) {
    const url = /broker on (\S+)/.exec(broker.output)![1]!;
    using client = Deno.createHttpClient({ caCerts: [ca!] });
    const answer = await fetch(`${url}/health`, { client });
    await answer.body?.cancel();
    assertEquals(answer.status, 200);
  }
  assertEquals((await files()).length, 2);
  await one.stop("SIGTERM");
  await two.stop("SIGTERM");
  if (CAN_BE_TOLD_TO_STOP) assertEquals(await files(), []);
});

Deno.test("a CA file that was asked for stays", async () => {
  await using folder = await temporaryFolder();
  const broker = await startCommandIn(folder.path, "--ca-file", "my-ca.pem");
  await broker.stop("SIGTERM");
  assertMatch(await Deno.readTextFile(`${folder.path}/my-ca.pem`), /BEGIN CERTIFICATE/);
});

const encodings: Record<string, (text: string) => Uint8Array> = {
  "UTF-8 with a byte order mark": (text) => new TextEncoder().encode(`\ufeff${text}`),
  "Windows line ends": (text) => new TextEncoder().encode(text.replaceAll("\n", "\r\n")),
  "UTF-16, little end first": (text) => utf16(`\ufeff${text}`, true),
  "UTF-16, big end first": (text) => utf16(`\ufeff${text}`, false),
  "UTF-16 without a byte order mark": (text) => utf16(text, true),
};

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

for (const [encoding, encode] of Object.entries(encodings)) {
  Deno.test(`each file that the command reads may be written in ${encoding}`, async () => {
    await using folder = await temporaryFolder();
    const authority = CertificateAuthority.create();
    const issued = authority.issueServerCertificate();
    const texts = {
      "cert.pem": issued.cert,
      "key.pem": issued.key,
      "lab.yaml": "servers:\n  - hostname: büro\n    cpus: 2\n",
      "broker.properties": "# comment\nsession-screenshot-format = jpeg\n",
    };
    for (const [name, text] of Object.entries(texts)) {
      await Deno.writeFile(`${folder.path}/${name}`, encode(text), { mode: 0o600 });
    }
    await using broker = await startCommandIn(
      folder.path,
      ...[
        "--cert",
        "cert.pem",
        "--key",
        "key.pem",
        "--fleet",
        "lab.yaml",
        "--properties",
        "broker.properties",
      ],
    );
    using client = Deno.createHttpClient({ caCerts: [authority.cert] });
    const url = /broker on (\S+)/.exec(broker.output)![1]!;
    const state = await (await fetch(`${url}/_mock/state`, { client })).json();
    assertEquals(state.properties["session-screenshot-format"], "jpeg");
    assertEquals(state.hosts.items[0].hostname, "büro");
  });
}

Deno.test("a properties file in Latin-1 is taken, as Java writes it; a fleet file in it is refused", async () => {
  await using folder = await temporaryFolder();
  const properties = `${folder.path}/broker.properties`;
  const fleet = `${folder.path}/lab.yaml`;
  await Deno.writeFile(properties, latin1("# größer\nenable-gateway = true\n"));
  await Deno.writeFile(fleet, latin1("servers: [{ hostname: büro }]\n"));
  await using broker = await startCommand("--no-tls", "--properties", properties);
  assertMatch(broker.output, /broker on/);
  const { code, stderr } = await runCommand("--fleet", fleet);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "lab.yaml: it is neither UTF-8 nor UTF-16");
});

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

Deno.test("properties that change nothing are counted and named", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/broker.properties`;
  await Deno.writeTextFile(
    file,
    "enable-gatway = true\nbroker-java-home =\nsession-manager-working-path = /tmp\nenable-gateway = true\n",
  );
  await using broker = await startCommand("--no-tls", "--properties", file, "--log", "json");
  const warning = async () => JSON.parse(await broker.readUntil("\n")).message.replace(file, "FILE");
  assertEquals([await warning(), await warning()], [
    "In FILE, 1 property is unknown to the broker: enable-gatway",
    "In FILE, 2 properties are without effect in a simulation: broker-java-home, session-manager-working-path",
  ]);
});

Deno.test("--exit-with-stdin ends the command with its standard input", async () => {
  await using broker = await startCommand("--no-tls", "--exit-with-stdin");
  assertEquals(await broker.endInput(), 0);
});

Deno.test("without --exit-with-stdin the command outlives its standard input, and ends over the control API", async () => {
  await using broker = await startCommand("--no-tls");
  const ended = broker.endInput();
  const url = /broker on (\S+)/.exec(broker.output)![1]!;
  const health = await fetch(`${url}/health`);
  await health.body?.cancel();
  assertEquals(health.status, 200);
  const answer = await fetch(`${url}/_mock/shutdown`, { method: "POST" });
  await answer.body?.cancel();
  assertEquals([answer.status, await ended], [204, 0]);
});

import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { MockBroker } from "@dcvkit/mock-broker";
import { CertificateAuthority } from "../../mock_broker/server/certificates.ts";

const DAY_MS = 86_400_000;
/** The object identifiers of the extended key usages serverAuth and clientAuth, as DER in hexadecimal. */
const SERVER_AUTH = "06082b06010505070301";
const CLIENT_AUTH = "06082b06010505070302";

const authority = CertificateAuthority.create();
const authorityCertificate = new X509Certificate(authority.cert);

function issuedFor(names?: string[]): X509Certificate {
  return new X509Certificate(authority.issueServerCertificate(names).cert);
}

function days(certificate: X509Certificate): number {
  return (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY_MS;
}

function isValidNow(certificate: X509Certificate): boolean {
  return Date.parse(certificate.validFrom) < Date.now() && Date.now() < Date.parse(certificate.validTo);
}

Deno.test("a new authority is valid for ten years, and signed by itself", () => {
  assert(authorityCertificate.ca);
  assert(authorityCertificate.verify(authorityCertificate.publicKey));
  assert(isValidNow(authorityCertificate));
  assertEquals(days(authorityCertificate), 3650);
  assertEquals(authority.notAfter, new Date(authorityCertificate.validTo));
});

Deno.test("a server certificate is issued by the authority, for servers, and is no authority itself", () => {
  const certificate = issuedFor();
  assert(certificate.checkIssued(authorityCertificate));
  assert(certificate.verify(authorityCertificate.publicKey));
  assert(!certificate.ca);
  assertStringIncludes(certificate.raw.toString("hex"), SERVER_AUTH);
  assert(!certificate.raw.toString("hex").includes(CLIENT_AUTH));
  assert(isValidNow(certificate));
  assertEquals(days(certificate), 825);
});

Deno.test("a server certificate names the loopback interface if nothing else is asked for", () => {
  const certificate = issuedFor();
  assert(certificate.checkHost("localhost"));
  assert(certificate.checkIP("127.0.0.1"));
  assert(certificate.checkIP("::1"));
  assert(!certificate.checkHost("broker"));
});

Deno.test("a server certificate names host names, wildcards and IP addresses in any form", () => {
  const certificate = issuedFor([
    "ip-10-0-0-7",
    "*.example.com",
    "10.0.0.7",
    "fd00::0:7",
    "::ffff:10.0.0.8",
  ]);
  assert(certificate.checkHost("ip-10-0-0-7"));
  assertStringIncludes(certificate.subjectAltName ?? "", "DNS:*.example.com");
  for (const address of ["10.0.0.7", "fd00::7", "::ffff:a00:8"]) {
    assert(certificate.checkIP(address), address);
  }
  assert(!certificate.checkHost("localhost"));
});

Deno.test("a certificate comes with its own private key", () => {
  const server = authority.issueServerCertificate();
  const client = authority.issueClientCertificate("portal");
  for (const { cert, key } of [server, client]) {
    assertStringIncludes(key, "-----BEGIN PRIVATE KEY-----");
    assert(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)));
  }
  assertNotEquals(server.key, client.key);
});

Deno.test("a client certificate carries the client's name, and is for clients only", () => {
  const certificate = new X509Certificate(authority.issueClientCertificate("portal").cert);
  assertStringIncludes(certificate.subject, "CN=portal");
  assertStringIncludes(certificate.raw.toString("hex"), CLIENT_AUTH);
  assert(!certificate.raw.toString("hex").includes(SERVER_AUTH));
  assert(certificate.verify(authorityCertificate.publicKey));
});

Deno.test("serial numbers are positive and never the same", () => {
  const certificates = Array.from({ length: 64 }, () => issuedFor());
  const serials = certificates.map(({ serialNumber }) => serialNumber);
  assertEquals(new Set(serials).size, 64);
  assertEquals(serials.filter((serial) => serial.startsWith("-")), []);
});

Deno.test("a certificate can be issued for a life in the past", () => {
  const life = { notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2021-01-01T00:00:00Z") };
  const certificate = new X509Certificate(authority.issueServerCertificate(["broker"], life).cert);
  assertEquals(new Date(certificate.validFrom), life.notBefore);
  assertEquals(new Date(certificate.validTo), life.notAfter);
});

Deno.test("an authority that was kept issues certificates that its old clients trust", () => {
  const kept = CertificateAuthority.load({ cert: authority.cert, key: authority.exportKey() });
  assertEquals([kept.cert, kept.notAfter], [authority.cert, authority.notAfter]);
  const certificate = new X509Certificate(kept.issueServerCertificate().cert);
  assert(certificate.checkIssued(authorityCertificate));
  assert(certificate.verify(authorityCertificate.publicKey));
});

Deno.test("an authority's key is also taken as older tools write it (SEC 1)", () => {
  const key = createPrivateKey(authority.exportKey()).export({ type: "sec1", format: "pem" })
    .toString();
  assertStringIncludes(key, "-----BEGIN EC PRIVATE KEY-----");
  const kept = CertificateAuthority.load({ cert: authority.cert, key });
  const certificate = new X509Certificate(kept.issueServerCertificate().cert);
  assert(certificate.verify(authorityCertificate.publicKey));
});

Deno.test("an authority does not show its private key when it is logged", () => {
  const [, secret] = authority.exportKey().split("\n");
  assert(!Deno.inspect(authority, { depth: 10 }).includes(secret!));
  assert(!JSON.stringify(authority).includes(secret!));
});

Deno.test("what is not an authority with its key is not taken for one", () => {
  const { cert, key } = authority.issueServerCertificate();
  const refused: [{ cert: string; key: string }, string][] = [
    [{ cert: "ca.pem", key }, '"cert" is not a PEM certificate'],
    [
      { cert, key },
      '"cert" is not the certificate of an authority (CA:TRUE): O=dcvkit, CN=dcvkit mock broker',
    ],
    [{ cert: authority.cert, key: "key.pem" }, '"key" is not a PEM private key'],
    [
      { cert: authority.cert, key },
      '"key" is not the private key of "cert": O=dcvkit, CN=dcvkit mock broker CA',
    ],
  ];
  for (const [kept, message] of refused) {
    assertThrows(() => CertificateAuthority.load(kept), TypeError, message);
  }
});

Deno.test("names that no certificate can hold are refused", async () => {
  const broker = new MockBroker();
  for (const name of ["", "two words", "https://broker", "broker:8443", "a..b", "-broker", "fe80::1%eth0"]) {
    const message = `names[1]: must be a host name or an IP address: got ${JSON.stringify(name)}`;
    await assertRejects(() => broker.listen({ port: 0, names: ["broker", name] }), TypeError, message);
  }
});

Deno.test("a certificate can be issued for a life after 2049, whose years are written with four digits", () => {
  const life = { notBefore: new Date("2049-12-31T23:59:59Z"), notAfter: new Date("2050-01-01T00:00:00Z") };
  const certificate = new X509Certificate(authority.issueServerCertificate(["broker"], life).cert);
  assertEquals(new Date(certificate.validFrom), life.notBefore);
  assertEquals(new Date(certificate.validTo), life.notAfter);
});

Deno.test({
  name: "an authority of OpenSSL's, whatever the kind of its key, issues certificates that OpenSSL trusts",
  ignore: !await isInstalled("openssl"),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "certificates_" });
    try {
      for (const kind of ["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-384", "ed25519"]) {
        const files = ["-keyout", "key.pem", "-out", "ca.pem"];
        const subject = ["-subj", "/C=DE/O=an office/CN=its authority"];
        const options = [
          "req",
          "-x509",
          "-newkey",
          ...kind.split(" "),
          "-nodes",
          "-days",
          "2",
          "-addext",
          "keyUsage=critical,keyCertSign",
        ];
        await openssl([...options, ...files, ...subject], folder);
        const cert = await Deno.readTextFile(`${folder}/ca.pem`);
        const office = CertificateAuthority.load({ cert, key: await Deno.readTextFile(`${folder}/key.pem`) });
        await Deno.writeTextFile(`${folder}/cert.pem`, office.issueServerCertificate().cert);
        await openssl(["verify", "-x509_strict", "-CAfile", "ca.pem", "cert.pem"], folder);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("a key that cannot sign certificates is refused", () => {
  const key = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  assertThrows(() => CertificateAuthority.ofKey(key), TypeError, '"key" is not an ECDSA P-256 key');
});

Deno.test({
  name: "OpenSSL finds nothing wrong with the certificates, however strictly it looks",
  ignore: !await isInstalled("openssl"),
  async fn() {
    const directory = await Deno.makeTempDir({ prefix: "certificates_" });
    try {
      await Deno.writeTextFile(`${directory}/ca.pem`, authority.cert);
      const issued = {
        sslserver: authority.issueServerCertificate(),
        sslclient: authority.issueClientCertificate("portal"),
      };
      for (const [purpose, { cert }] of Object.entries(issued)) {
        await Deno.writeTextFile(`${directory}/cert.pem`, cert);
        const looks = ["-x509_strict", "-check_ss_sig", "-purpose", purpose];
        await openssl(["verify", ...looks, "-CAfile", "ca.pem", "cert.pem"], directory);
      }
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

async function openssl(args: string[], cwd: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", { args, cwd }).output();
  assert(success, `openssl ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

async function isInstalled(command: string): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args: ["version"], stdout: "null" }).output()).success;
  } catch {
    return false;
  }
}

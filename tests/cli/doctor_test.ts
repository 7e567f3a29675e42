import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { createStage, linesOf } from "./dcvkit.ts";

Deno.test("dcvkit doctor finds nothing wrong, and says what it has seen", async () => {
  await using stage = await createStage();
  const { code, stdout } = await stage.dcvkit("doctor");
  const steps = linesOf(stdout);
  assertEquals(code, 0);
  assertEquals(steps.map((line) => line.split(/\s+/).slice(0, 2).join(" ")), [
    "ok Settings",
    "ok Name",
    "ok Port",
    "ok Certificate",
    "ok Broker",
  ]);
  assertStringIncludes(steps[3]!, "signed by");
  assertStringIncludes(steps[3]!, "localhost");
  assert(!stdout.includes(stage.env.DCV_SM_CLIENT_PASSWORD!));
});

Deno.test("dcvkit doctor says how to trust an authority, and which name to ask for", async () => {
  await using stage = await createStage();
  delete stage.env.DCV_SM_CA_FILE;
  const untrusted = await stage.dcvkit("doctor");
  assertEquals(untrusted.code, 253);
  assertStringIncludes(untrusted.stdout, "pass it with --ca");

  const wrongAuthority = await MockBroker.prototype.listen.call(stage.broker, { port: 0 });
  await Deno.writeTextFile(`${stage.folder}/other.pem`, wrongAuthority.ca!);
  await wrongAuthority.close();
  const other = await stage.dcvkit("doctor", "--ca", "other.pem");
  assertStringIncludes(other.stdout, "other.pem is not the authority that signed it");

  const misnamed = await stage.dcvkit("doctor", "--ca", "ca.pem", "--server-name", "broker.example");
  assertEquals(misnamed.code, 253);
  assertStringIncludes(misnamed.stdout, "--server-name localhost");
});

Deno.test("dcvkit doctor tells a name that is not known from a port where nothing listens", async () => {
  await using stage = await createStage();
  const nameless = await stage.dcvkit("doctor", "--broker-url", "https://no-such-host.invalid:8443");
  assertStringIncludes(nameless.stdout, "WRONG  Name");
  const refused = await stage.dcvkit("doctor", "--broker-url", "https://127.0.0.1:1");
  assertStringIncludes(refused.stdout, "WRONG  Port");
  assertStringIncludes(refused.stdout, "Nothing listens there");
});

Deno.test("dcvkit doctor knows a port without TLS, and a URL that is none", async () => {
  await using stage = await createStage();
  const plain = await stage.broker.listen({ port: 0, tls: false });
  const { stdout } = await stage.dcvkit("doctor", "--broker-url", plain.url.replace("http:", "https:"));
  await plain.close();
  assertStringIncludes(stdout, "WRONG  Certificate");
  assertStringIncludes(stdout, "write http://");
  assertStringIncludes(
    (await stage.dcvkit("doctor", "--broker-url", "broker:8443")).stdout,
    "WRONG  Settings",
  );
});

Deno.test("dcvkit doctor says what to do about credentials that the broker refuses", async () => {
  await using stage = await createStage();
  stage.env.DCV_SM_CLIENT_PASSWORD = "wrong";
  const { code, stdout } = await stage.dcvkit("doctor");
  assertEquals(code, 254);
  assertStringIncludes(stdout, "register-api-client");
});

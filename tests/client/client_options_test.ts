import { assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { type ClientOptions, SessionManagerClient } from "../../mod.ts";

const brokerUrl = "https://broker:8443";
const credentials = { clientId: "an-id", clientSecret: "the-secret" };

function assertRefused(options: unknown, message: string): void {
  assertThrows(() => new SessionManagerClient(options as ClientOptions), TypeError, message);
}

Deno.test("brokerUrl keeps its path and loses its last slash", () => {
  const url = (brokerUrl: string | URL) => new SessionManagerClient({ brokerUrl }).brokerUrl;
  assertEquals(url("https://broker:8443/"), "https://broker:8443");
  assertEquals(url("http://gateway.example/dcv/broker/"), "http://gateway.example/dcv/broker");
  assertEquals(url(new URL("https://[::1]:8443")), "https://[::1]:8443");
});

Deno.test("brokerUrl must be a plain http or https URL", () => {
  assertRefused({}, '"brokerUrl" must be a plain http(s) URL: got "undefined"');
  assertRefused({ brokerUrl: "broker:8443" }, '"broker:8443"');
  assertRefused({ brokerUrl: "/dcv" }, '"/dcv"');
  assertRefused({ brokerUrl: "wss://broker" }, '"wss://broker"');
  assertRefused({ brokerUrl: "https://broker/?a=b" }, '"https://broker/?a=b"');
  assertRefused({ brokerUrl: "https://broker/#a" }, '"https://broker/#a"');
});

Deno.test("brokerUrl must not hold credentials, and they do not show in the error", () => {
  assertRefused(
    { brokerUrl: "https://ana:hush@broker" },
    '"brokerUrl" must be a plain http(s) URL: got "https://broker"',
  );
});

Deno.test("credentials must have a shape that is known", () => {
  const clientId = '"credentials.clientId" must be ';
  assertRefused({ brokerUrl, credentials: {} }, clientId + "a non-empty string: got undefined");
  assertRefused({ brokerUrl, credentials: null }, clientId + "a non-empty string: got undefined");
  assertRefused(
    { brokerUrl, credentials: { clientId: "", clientSecret: "s" } },
    clientId + 'a non-empty string: got ""',
  );
  assertRefused(
    { brokerUrl, credentials: { clientId: "a:b", clientSecret: "s" } },
    clientId + "one line without colons: got string",
  );
  assertRefused(
    { brokerUrl, credentials: { clientId: "a" } },
    '"credentials.clientSecret" must be a non-empty string',
  );
  assertRefused(
    { brokerUrl, credentials: { accessToken: "" } },
    '"credentials.accessToken" must be an access token',
  );
});

Deno.test("errors about credentials do not show them", () => {
  for (
    const credentials of ["hush", { clientId: "a", clientSecret: ["hush"] }, { accessToken: "hush hush" }]
  ) {
    const options = { brokerUrl, credentials } as unknown as ClientOptions;
    const error = assertThrows(() => new SessionManagerClient(options), TypeError);
    assertFalse(error.message.includes("hush"), error.message);
  }
});

Deno.test("numbers must make sense", () => {
  assertRefused({ brokerUrl, timeout: 0 }, '"timeout" must be a number from 1 on: got 0');
  assertRefused({ brokerUrl, timeout: Infinity }, '"timeout" must be a number from 1 on: got Infinity');
  assertRefused({ brokerUrl, timeout: "5" }, '"timeout" must be a number from 1 on: got "5"');
  assertRefused(
    { brokerUrl, retry: { maxAttempts: 0 } },
    '"retry.maxAttempts" must be a number from 1 on: got 0',
  );
  assertRefused(
    { brokerUrl, retry: { baseDelay: -1 } },
    '"retry.baseDelay" must be a number from 0 on: got -1',
  );
  assertRefused(
    { brokerUrl, retry: { maxDelay: NaN } },
    '"retry.maxDelay" must be a number from 0 on: got NaN',
  );
});

Deno.test("tokenUrl, scope and fetch are checked too", () => {
  assertRefused(
    { brokerUrl, credentials, tokenUrl: "login" },
    '"tokenUrl" must be a plain http(s) URL: got "login"',
  );
  assertRefused({ brokerUrl, credentials, scope: "" }, '"scope" must be a non-empty string: got ""');
  assertRefused({ brokerUrl, fetch: "fetch" }, '"fetch" must be a function: got "fetch"');
});

Deno.test("a client shows where it connects to, and nothing that is secret", () => {
  for (const secret of [credentials, { accessToken: "the-secret" }]) {
    const client = new SessionManagerClient({ brokerUrl, credentials: secret });
    const shown = Deno.inspect(client, { depth: 10, showHidden: true }) + JSON.stringify(client);
    assertStringIncludes(shown, brokerUrl);
    assertFalse(shown.includes("the-secret"), shown);
  }
});

Deno.test("credentials with a line break, as from a file, are refused before they are sent", () => {
  const line = "must be one line of text: got string";
  assertRefused(
    { brokerUrl, credentials: { clientId: "a\n", clientSecret: "s" } },
    '"credentials.clientId" must be one line without colons: got string',
  );
  assertRefused(
    { brokerUrl, credentials: { clientId: "a", clientSecret: "s\r\n" } },
    `"credentials.clientSecret" ${line}`,
  );
  assertRefused({ brokerUrl, credentials: { accessToken: "t\n" } }, '"credentials.accessToken" must be');
  assertRefused({ brokerUrl, credentials, scope: "a\n" }, '"scope" must be one line of text: got "a\\n"');
});

Deno.test("what may be a secret does not show in a refusal, wherever it was put", () => {
  const mistakes: [unknown, string][] = [
    [{ brokerUrl, credentials: { clientId: "a:hush", clientSecret: "s" } }, "hush"],
    [{ brokerUrl: "ana:hush@host:8443" }, "hush"],
    [{ brokerUrl: "ana:hu@sh@host:8443" }, "sh@"],
    [{ brokerUrl: "https://broker/?client_secret=hush" }, "hush"],
    [{ brokerUrl, credentials, tokenUrl: "https://a:hush@login/token" }, "hush"],
    [{ brokerUrl: "eyJhbGciOiJSUzI1NiJ9eyJhbGciOiJSUzI1NiJ9eyJhbGciOiJSUzI1NiJ9" }, "eyJ"],
  ];
  for (const [options, secret] of mistakes) {
    const error = assertThrows(() => new SessionManagerClient(options as ClientOptions), TypeError);
    assertFalse(error.message.includes(secret), error.message);
  }
});

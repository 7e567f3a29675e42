import { assertEquals, assertFalse, assertThrows } from "@std/assert";
import { optionsFromEnvironment } from "../../src/environment.ts";

const DCV_SM_CLIENT_ID = "an-id";
const DCV_SM_CLIENT_PASSWORD = "the-secret";
const DCV_SM_AUTH_SERVER_URL = "https://login.example/oauth2/token?grant_type=client_credentials";

Deno.test("client id and password are read under the names of dcvsm", () => {
  assertEquals(optionsFromEnvironment({ DCV_SM_CLIENT_ID, DCV_SM_CLIENT_PASSWORD }), {
    credentials: { clientId: "an-id", clientSecret: "the-secret" },
  });
});

Deno.test("the authorization server's URL is the token endpoint", () => {
  const options = optionsFromEnvironment({
    DCV_SM_CLIENT_ID,
    DCV_SM_CLIENT_PASSWORD,
    DCV_SM_AUTH_SERVER_URL,
  });
  assertEquals(options.tokenUrl, DCV_SM_AUTH_SERVER_URL);
});

Deno.test("a ready token comes before anything else", () => {
  const environment = { DCV_SM_CLIENT_ID, DCV_SM_CLIENT_PASSWORD, DCV_SM_OAUTH2_TOKEN: "token" };
  assertEquals(optionsFromEnvironment(environment), { credentials: { accessToken: "token" } });
});

Deno.test("what is missing is named, and what is there is not shown", () => {
  const missing = (environment: Record<string, string>) =>
    assertThrows(() => optionsFromEnvironment(environment), TypeError).message.split("missing ")[1];
  assertEquals(missing({}), "both");
  assertEquals(missing({ DCV_SM_CLIENT_ID, DCV_SM_CLIENT_PASSWORD: "" }), "DCV_SM_CLIENT_PASSWORD");
  assertEquals(missing({ DCV_SM_CLIENT_PASSWORD }), "DCV_SM_CLIENT_ID");
  const error = assertThrows(() => optionsFromEnvironment({ DCV_SM_CLIENT_PASSWORD }), TypeError);
  assertFalse(error.message.includes("the-secret"));
});

Deno.test("without an argument it is the environment of the process", () => {
  Deno.env.set("DCV_SM_OAUTH2_TOKEN", "from-the-process");
  try {
    assertEquals(optionsFromEnvironment(), { credentials: { accessToken: "from-the-process" } });
  } finally {
    Deno.env.delete("DCV_SM_OAUTH2_TOKEN");
  }
});

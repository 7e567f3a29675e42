import { assert, assertEquals, assertMatch } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { type Answer, Caller, createBroker, send, tokenOf } from "./call.ts";

const PATH = "/agent/validate-authentication-token";

async function createBrokerWithToken(user = "ana", properties = {}) {
  const broker = createBroker({
    sessions: [{ id: "s1", owner: "ana" }, { id: "s2", owner: "ben" }],
    properties,
  });
  const { ConnectionToken } = await new Caller(broker).getSessionConnectionData("s1", user);
  return { broker, token: ConnectionToken };
}

function validate(broker: MockBroker, fields: Record<string, string>): Promise<Answer> {
  return send(broker, "POST", PATH, { body: new URLSearchParams(fields) }, broker.agentUrl);
}

/** The user whom the broker admits; `undefined` when it says no, which it has to say properly. */
async function admitted(broker: MockBroker, fields: Record<string, string>): Promise<string | undefined> {
  const { status, headers, body } = await validate(broker, fields);
  assertEquals([status, headers.get("Content-Type")], [200, "application/xml"]);
  const yes = /^<auth result="yes"><username>(.*)<\/username><\/auth>$/.exec(body);
  if (!yes) assertMatch(body, /^<auth result="no"><message>[^<]+<\/message><\/auth>$/);
  return yes?.[1];
}

Deno.test("the agent connector admits the user of a valid connection token", async () => {
  const { broker, token } = await createBrokerWithToken("guest");
  const fields = { sessionId: "s1", authenticationToken: token, clientAddress: "192.0.2.1" };
  assertEquals(await admitted(broker, fields), "guest");
});

Deno.test("the agent connector needs no client address and no access token", async () => {
  const { broker, token } = await createBrokerWithToken();
  assertEquals(await admitted(broker, { sessionId: "s1", authenticationToken: token }), "ana");
});

Deno.test("the agent connector writes names so that they cannot be read as XML", async () => {
  const { broker, token } = await createBrokerWithToken(`<b>"Ana" & 'Co'</b>`);
  const name = await admitted(broker, { sessionId: "s1", authenticationToken: token });
  assertEquals(name, "&lt;b&gt;&quot;Ana&quot; &amp; &#39;Co&#39;&lt;/b&gt;");
});

Deno.test("the agent connector says no to a token for another session", async () => {
  const { broker, token } = await createBrokerWithToken();
  assertEquals(await admitted(broker, { sessionId: "s2", authenticationToken: token }), undefined);
});

Deno.test("the agent connector says no where a field is missing or empty", async () => {
  const { broker, token } = await createBrokerWithToken();
  const incomplete: Record<string, string>[] = [
    {},
    { sessionId: "s1" },
    { authenticationToken: token },
    { sessionId: "", authenticationToken: token },
    { sessionId: "s1", authenticationToken: "" },
  ];
  for (const fields of incomplete) assertEquals(await admitted(broker, fields), undefined);
});

Deno.test("the agent connector says no to a token that was tampered with, or that is none", async () => {
  const { broker, token } = await createBrokerWithToken();
  const [header, payload, signature] = token.split(".") as [string, string, string];
  const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  const encode = (value: unknown) =>
    btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const others = [
    `${header}.${encode({ ...claims, dcvSessionUser: "root" })}.${signature}`,
    `${encode({ typ: "JWT", alg: "none" })}.${payload}.`,
    `${header}.${payload}.`,
    `${header}.${payload}`,
    `${token}x`,
    "token",
    "..",
    "null",
  ];
  for (const authenticationToken of others) {
    assertEquals(await admitted(broker, { sessionId: "s1", authenticationToken }), undefined);
  }
});

Deno.test("the agent connector says no to a token of another broker, and to an access token", async () => {
  const { broker } = await createBrokerWithToken();
  const other = createBroker({ sessions: [{ id: "s1", owner: "ana" }], seed: undefined });
  const { ConnectionToken } = await new Caller(other).getSessionConnectionData("s1", "ana");
  for (const authenticationToken of [ConnectionToken, await tokenOf(broker)]) {
    assertEquals(await admitted(broker, { sessionId: "s1", authenticationToken }), undefined);
  }
});

Deno.test("the agent connector says no to a token whose time has passed", async () => {
  const { broker, token } = await createBrokerWithToken("ana", {
    "connect-session-token-duration-minutes": 5,
  });
  const fields = { sessionId: "s1", authenticationToken: token };
  broker.advance(5 * 60_000 - 1);
  assertEquals(await admitted(broker, fields), "ana");
  broker.advance(1);
  assertEquals(await admitted(broker, fields), undefined);
});

Deno.test("the agent connector says no to tokens from before a restart that lost the keys", async () => {
  const { broker, token } = await createBrokerWithToken();
  broker.restart();
  assertEquals(await admitted(broker, { sessionId: "s1", authenticationToken: token }), undefined);
});

Deno.test("the agent connector admits as often as it is asked", async () => {
  const { broker, token } = await createBrokerWithToken();
  const fields = { sessionId: "s1", authenticationToken: token };
  assertEquals([await admitted(broker, fields), await admitted(broker, fields)], ["ana", "ana"]);
});

Deno.test("the agent connector takes whatever body as a form, and never fails", async () => {
  const { broker } = await createBrokerWithToken();
  for (const body of [undefined, "", "{}", "%", "sessionId", "sessionId=s1&authenticationToken=%E0%A4%A"]) {
    const { status, body: xml } = await send(broker, "POST", PATH, { body }, broker.agentUrl);
    assertEquals(status, 200);
    assert(xml.includes('result="no"'));
  }
});

Deno.test("the agent connector answers to POST alone, and knows none of the client's paths", async () => {
  const broker = createBroker();
  const get = await send(broker, "GET", PATH, {}, broker.agentUrl);
  assertEquals([get.status, get.headers.get("Allow")], [405, "POST"]);
  assertEquals((await send(broker, "POST", "/describeSessions", {}, broker.agentUrl)).status, 404);
});

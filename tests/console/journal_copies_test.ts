/**
 * Requests that are copied out of the journal: what they say, and that they run.
 *
 * @module
 */

import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { MockBroker, MockBrokerServer } from "@dcvkit/mock-broker";
import { Caller, createBroker, send, tokenOf } from "../mock_broker/call.ts";

const HOSTILE = `it's "$HOME" \`id\` \\ %s \n${"{}"} [a-z] \u00f6 \u{1f600} </script>`;

/** The newest request, copied. */
async function copy(broker: MockBroker, kind: "curl" | "typescript" | "python"): Promise<string> {
  return (await send(broker, "GET", `/_mock/console/journal/${broker.journal.lastId}/${kind}.txt`)).body;
}

/** What a copy takes from the environment. */
function environment(broker: MockBroker, server: MockBrokerServer): Record<string, string> {
  const { clientId, clientSecret } = broker.credentials;
  return { DCV_SM_BROKER_URL: server.url, DCV_SM_CLIENT_ID: clientId, DCV_SM_CLIENT_PASSWORD: clientSecret };
}

/** Runs a program with a copy as its input. */
async function run(
  command: string,
  args: string[],
  input: string,
  env: Record<string, string>,
): Promise<string> {
  const process = new Deno.Command(command, { args, env, stdin: "piped", stdout: "piped", stderr: "piped" })
    .spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { stdout, stderr } = await process.output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** Whether a command is there. */
async function has(command: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

const PROGRAMS = {
  curl: {
    command: "sh",
    args: ["-s"],
    isThere: await has("curl", "--version") && await has("sh", "-c", "true"),
  },
  typescript: {
    command: Deno.execPath(),
    args: ["run", "-A", "-q", "--config", "tools.json", "-"],
    isThere: true,
  },
  python: { command: "python3", args: ["-"], isThere: await has("python3", "-c", "import requests") },
} as const;

/** What was sent, as the broker understood it. */
function sent(broker: MockBroker) {
  const [entry] = broker.journal.entries({ limit: 1 });
  const { method, path, query, request, status } = entry!;
  return { method, path, query, request, status };
}

for (const [kind, { command, args, isThere }] of Object.entries(PROGRAMS)) {
  Deno.test({
    name: `what is copied as ${kind} runs, and asks the broker the same once more`,
    ignore: !isThere,
    async fn() {
      const broker = createBroker();
      await using server = await broker.listen({ port: 0, tls: false });
      const call = new Caller(broker);
      const requests: [method: string, path: string, body?: unknown][] = [
        ["POST", "/createSessions", [{
          Name: HOSTILE,
          Owner: "ana",
          Type: "VIRTUAL",
          Other: null,
          Flag: true,
        }]],
        ["POST", "/describeSessions", {}],
        ["POST", "/describeSessions", '{"SessionIds": ["a"], "SessionIds": ["b"], "n": 1e400}'],
        ["POST", "/createSessions", `{ ${HOSTILE}`],
        ["GET", "/sessionConnectionData/no%20such/corp%5Cana"],
        ["PUT", "/no/such?a=%20b&c[]=d"],
        ["POST", "/describeServers", "@/etc/hostname"],
      ];
      for (const [method, path, body] of requests) {
        await call.send(method, path, body);
        const before = sent(broker);
        const text = await copy(broker, kind as keyof typeof PROGRAMS);
        const { lastId } = broker.journal;
        const output = await run(command, [...args], text, {
          ...environment(broker, server),
          DCV_SM_OAUTH2_TOKEN: kind === "typescript" && !text.includes("SessionManagerClient")
            ? await tokenOf(broker)
            : "",
        });
        assert(broker.journal.lastId > lastId, `${text}\n${output}`);
        assertEquals(sent(broker), before, `${text}\n${output}`);
      }
    },
  });
}

Deno.test("no secret is in a copy, wherever it stood", async () => {
  const secret = "a-secret-of-the-portal";
  const broker = createBroker({ clients: [{ clientId: "portal", clientSecret: secret }] });
  const token = await tokenOf(broker);
  await send(broker, "POST", `/describeSessions?access_token=${token}&x=${secret}`, {
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      Cookie: "session=c0de",
      "X-Api-Key": "k3y",
    },
    body: JSON.stringify({ Owner: secret }),
  });
  for (const kind of ["curl", "typescript", "python"] as const) {
    const text = await copy(broker, kind);
    for (const hidden of [secret, token, "c0de", "k3y"]) {
      assertFalse(text.includes(hidden), `${kind}: ${hidden}`);
    }
    assertStringIncludes(text, "X_API_KEY", kind);
    assertStringIncludes(text, "Where it says (hidden) a secret stood", kind);
  }
});

Deno.test("a request that our client has a method for is copied with it, anything else with fetch()", async () => {
  const broker = createBroker({ properties: { "enable-gateway": true } });
  const call = new Caller(broker);
  const cases: [method: string, path: string, body: unknown, line: RegExp][] = [
    [
      "POST",
      "/describeSessions",
      { SessionIds: ["a"] },
      /client\.describeSessions\(\{\n {2}SessionIds: \[\n {4}"a",/,
    ],
    ["POST", "/describeServers", undefined, /client\.describeServers\(\{\}\)/],
    ["PUT", "/sessionPermissions", [{ SessionId: "a" }], /client\.updateSessionPermissions\(\[/],
    [
      "GET",
      "/sessionConnectionData/a%2Fb/ana",
      undefined,
      /client\.getSessionConnectionData\("a\/b", "ana"\)/,
    ],
    [
      "GET",
      "/describeLicenses?x=1",
      undefined,
      /client\.request\("\/describeLicenses\?x=1", \{\n {2}method: "GET",/,
    ],
    ["POST", "/describeSessions", "{ oops", /fetch\(process\.env\.DCV_SM_BROKER_URL \+ "\/describeSessions"/],
    ["POST", "/createSessions", { Name: "no list" }, /fetch\(/],
    ["GET", "/describeSessions", undefined, /fetch\(/],
    ["POST", "/createSessions", '[{"__proto__": 1}]', /\["__proto__"\]: 1/],
  ];
  for (const [method, path, body, line] of cases) {
    await call.send(method, path, body);
    assertMatch(await copy(broker, "typescript"), line, `${method} ${path}`);
  }
  await send(broker, "GET", "/health");
  assertMatch(await copy(broker, "typescript"), /client\.health\(\)/);
  await tokenOf(broker);
  assertMatch(await copy(broker, "typescript"), /Authorization: `Basic \$\{btoa\(/);
  assertMatch(await copy(broker, "curl"), /-u "\$DCV_SM_CLIENT_ID:\$DCV_SM_CLIENT_PASSWORD"/);
  await send(broker, "POST", "/resolveSession?sessionId=a&transport=HTTP", {}, broker.gatewayUrl);
  assertMatch(
    await copy(broker, "curl"),
    /"\$DCV_SM_GATEWAY_URL"'\/resolveSession\?sessionId=a&transport=HTTP'/,
  );
});

Deno.test("a copy says what the journal has not kept", async () => {
  const broker = createBroker();
  await send(broker, "POST", "/createSessions", {
    body: "[]",
    headers: { "Content-Type": "application/json" },
  });
  assertStringIncludes(await copy(broker, "curl"), "# It had a body, which the broker did not read");
  await send(broker, "POST", "/agent/validate-authentication-token", {
    body: new URLSearchParams({ sessionId: "a", authenticationToken: "hush" }),
  }, broker.agentUrl);
  assertStringIncludes(await copy(broker, "python"), "# Its authenticationToken is a secret");
  await send(broker, "GET", "/describeSessions", { headers: { Authorization: "Negotiate hush" } });
  assertStringIncludes(
    await copy(broker, "typescript"),
    "// Its Authorization header is not in the journal: Negotiate (hidden)",
  );
});

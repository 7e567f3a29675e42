import { assert, assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { type SessionManagerClient, SessionManagerError } from "../../mod.ts";
import { json, session, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

/** Each operation, and an answer to it. */
const OPERATIONS: Record<string, [(client: SessionManagerClient) => Promise<unknown>, object]> = {
  describeSessions: [(client) => client.describeSessions(), { RequestId: "r-1", Sessions: [session()] }],
  describeServers: [(client) => client.describeServers(), {
    RequestId: "r-1",
    Servers: [{ Id: "h-1", Host: { Aws: { EC2InstanceId: "i-1" } } }],
  }],
  listSessions: [(client) => client.listSessions().toArray(), { Sessions: [session()], NextToken: null }],
  createSession: [(client) => client.createSession({ Name: "n", Owner: "o", Type: "CONSOLE" }), {
    SuccessfulList: [session({ State: "CREATING" })],
    UnsuccessfulList: [],
  }],
  deleteSession: [(client) => client.deleteSession({ SessionId: "s-1", Owner: "o" }), {
    SuccessfulList: [{ SessionId: "s-1", State: "DELETING" }],
    UnsuccessfulList: [{ SessionId: "s-2", FailureReason: "The requested dcvSession does not exist" }],
  }],
  deleteSessions: [(client) => client.deleteSessions([{ SessionId: "s-1", Owner: "o" }]), {
    SuccessfulList: [{ SessionId: "s-1", State: "DELETING" }],
    UnsuccessfulList: [],
  }],
  updateSessionPermissions: [
    (client) => client.updateSessionPermissions([{ SessionId: "s-1", Owner: "o", PermissionsFile: "QQ==" }]),
    { SuccessfulList: [{ SessionId: "s-1" }], UnsuccessfulList: [] },
  ],
  getSessionScreenshots: [(client) => client.getSessionScreenshots([{ SessionId: "s-1" }]), {
    SuccessfulList: [{ SessionScreenshot: { SessionId: "s-1", Images: [{ Format: "png", Data: "QQ==" }] } }],
    UnsuccessfulList: [],
  }],
  openServers: [(client) => client.openServers([{ ServerId: "h-1" }]), {
    SuccessfulList: [{ ServerId: "h-1" }],
    UnsuccessfulList: [],
  }],
  closeServers: [(client) => client.closeServers([{ ServerId: "h-1" }]), {
    SuccessfulList: [],
    UnsuccessfulList: [{ ServerId: "h-1", FailureCode: "DCV_SERVER_NOT_FOUND", FailureReason: "" }],
  }],
  getSessionConnectionData: [(client) => client.getSessionConnectionData("s-1", "ana"), {
    Session: session(),
    ConnectionToken: "a-token",
  }],
  waitForSession: [(client) => client.waitForSession("s-1", { timeout: 20, minDelay: 1 }), {
    Sessions: [session()],
  }],
};

const anyStatus = fc.constantFrom(200, 200, 200, 401, 400, 500);

for (const [name, [call, answer]] of Object.entries(OPERATIONS)) {
  Deno.test(`whatever becomes of an answer, ${name}() gives an answer or a SessionManagerError`, async () => {
    await fc.assert(
      fc.asyncProperty(mutated(answer), anyStatus, async (body, status) => {
        const client = new StubBroker(() => new Response(body, { status })).client({ retry: false });
        await call(client).catch((error) =>
          assert(error instanceof SessionManagerError, Deno.inspect(error))
        );
      }),
      { numRuns: 200 },
    );
  });

  if (name !== "getSessionConnectionData") {
    Deno.test(`${name}() takes no answer without its list, and none that speaks of an error`, async () => {
      for (const body of [{}, { status: "ok" }, { RequestId: "r-1", error: "Out of order" }]) {
        const client = new StubBroker(json(body)).client({ retry: false });
        const error = await assertRejects(() => call(client), SessionManagerError);
        assertEquals([error.code, error.status], ["INVALID_RESPONSE", 200]);
      }
      const client = new StubBroker(json({ error: "No authorization header" })).client({ retry: false });
      const error = await assertRejects(() => call(client), SessionManagerError, "No authorization header");
      assertEquals(error.code, "UNAUTHORIZED");
    });
  }
}

/** JSON in which one member is something else, is missing or is there twice, or whose text is not whole. */
function mutated(answer: object): fc.Arbitrary<string> {
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    paths.push(path);
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) walk(value[key as never], [...path, key]);
  };
  walk(answer, []);
  const replaced = fc.tuple(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), fc.constant(undefined))).map(
    ([path, value]) => JSON.stringify(path.length ? withMember(answer, path, value) : value) ?? "",
  );
  const cut = fc.nat(JSON.stringify(answer).length).map((length) => JSON.stringify(answer).slice(0, length));
  return fc.oneof({ weight: 8, arbitrary: replaced }, { weight: 1, arbitrary: cut }, fc.string(), fc.json());
}

function withMember(answer: object, path: (string | number)[], value: unknown): object {
  const copy = structuredClone(answer);
  let parent: Record<string | number, unknown> = copy as never;
  for (const key of path.slice(0, -1)) parent = parent[key] as never;
  parent[path.at(-1)!] = value;
  return copy;
}

for (
  const body of [
    { Sessions: {} },
    { Sessions: "none" },
    { Sessions: [null] },
    { Sessions: ["s-1"] },
    { Sessions: [], NextToken: {} },
    { Sessions: [], NextToken: 2 },
  ]
) {
  Deno.test(`${JSON.stringify(body)} is INVALID_RESPONSE`, async () => {
    const client = new StubBroker(json(body)).client();
    for (const call of [() => client.describeSessions(), () => client.listSessions().toArray()]) {
      assertEquals((await assertRejects(call, SessionManagerError)).code, "INVALID_RESPONSE");
    }
  });
}

Deno.test("an UnsuccessfulList with nothing in its items is INVALID_RESPONSE", async () => {
  const client = new StubBroker(json({ SuccessfulList: [], UnsuccessfulList: [null] })).client();
  const error = await assertRejects(
    () => client.deleteSession({ SessionId: "s-1", Owner: "o" }),
    SessionManagerError,
  );
  assertEquals(error.code, "INVALID_RESPONSE");
});

Deno.test("a batch that says nothing of its items has not succeeded", async () => {
  const client = new StubBroker(json({ RequestId: "r-1", SuccessfulList: [] })).client();
  const deleting = client.deleteSession({ SessionId: "s-1", Owner: "o" });
  assertEquals((await assertRejects(() => deleting, SessionManagerError)).code, "INVALID_RESPONSE");
});

/** Texts that take a backtracking expression long, of a megabyte and more. */
const SLOW_TEXTS: Record<string, string> = {
  "quotes and colons": '":'.repeat(600_000),
  "names of secrets": 'token":"'.repeat(150_000),
  "names of secrets that nothing follows": "secret=".repeat(150_000),
  "one session after the other": JSON.stringify({ error: "session ".repeat(130_000) }),
  "empty members": JSON.stringify(Array(150_000).fill({ "": "" })),
  "Chinese": JSON.stringify(Array(50_000).fill({ "名字": "会话管理器" })),
  "runs that are nearly tokens": `${"a".repeat(39)} `.repeat(30_000),
  "backslashes": "\\".repeat(1_200_000),
  "arrays in arrays": "[".repeat(1_000_000),
};

for (const [name, text] of Object.entries(SLOW_TEXTS)) {
  Deno.test(`the time for an answer of ${name} does not grow with what may be in it`, async () => {
    const client = new StubBroker(() => new Response(text, { status: 400 })).client({ retry: false });
    const startedAt = performance.now();
    await assertRejects(() => client.describeSessions(), SessionManagerError);
    // Before, a hundredth of it took many seconds
    assert(performance.now() - startedAt < 2_000);
  });
}

Deno.test("the words of an item that failed are looked at in linear time too", async () => {
  const FailureReason = "session ".repeat(200_000);
  const client = new StubBroker(json({ UnsuccessfulList: [{ FailureReason }] })).client();
  const startedAt = performance.now();
  await assertRejects(() => client.deleteSession({ SessionId: "s-1", Owner: "o" }), SessionManagerError);
  assert(performance.now() - startedAt < 2_000);
});

/** An endless body in chunks, and how much of it has been asked for. */
function endless(
  chunk: Uint8Array<ArrayBuffer>,
): { body: ReadableStream<Uint8Array<ArrayBuffer>>; read: { bytes: number; cancelled: boolean } } {
  const read = { bytes: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      controller.enqueue(chunk);
      read.bytes += chunk.length;
    },
    cancel() {
      read.cancelled = true;
    },
  });
  return { body, read };
}

Deno.test("no more than maxAnswerSize is read, and the rest is cancelled", async () => {
  for (const size of [1, 1_000, 65_536]) {
    const { body, read } = endless(new Uint8Array(size).fill(32));
    const client = new StubBroker(() => new Response(body)).client({ maxAnswerSize: 100_000, retry: false });
    const error = await assertRejects(() => client.describeSessions(), SessionManagerError, "maxAnswerSize");
    assertEquals([error.code, error.status], ["INVALID_RESPONSE", 200]);
    assert(read.cancelled && read.bytes <= 100_000 + 3 * size, `${read.bytes}`);
  }
});

Deno.test("an endless error keeps the code of its status", async () => {
  const { body } = endless(new TextEncoder().encode("Out of order "));
  const answer = () => new Response(body, { status: 503 });
  const client = new StubBroker(answer).client({ maxAnswerSize: 1_000, retry: false });
  const error = await assertRejects(() => client.describeSessions(), SessionManagerError, "Out of order");
  assertEquals([error.code, error.status, error.body?.length], ["BROKER_ERROR", 503, 400]);
});

Deno.test("an answer of just maxAnswerSize is read, and one byte more is not", async () => {
  const text = JSON.stringify({ Sessions: [session({ Name: "ü" })] });
  const bytes = new TextEncoder().encode(text);
  const inTwo = () => new Response(new Blob([bytes.slice(0, 7), bytes.slice(7)]).stream());
  const withLength = () => new Response(text, { headers: { "content-length": `${bytes.length}` } });
  for (const answer of [inTwo, withLength]) {
    const exact = new StubBroker(answer).client({ maxAnswerSize: bytes.length });
    assertEquals((await exact.describeSessions()).Sessions[0]?.Name, "ü");
    const less = new StubBroker(answer).client({ maxAnswerSize: bytes.length - 1 });
    await assertRejects(() => less.describeSessions(), SessionManagerError, "maxAnswerSize");
  }
});

Deno.test("what unfolds to more than maxAnswerSize is counted as it unfolds", async () => {
  const zeros = new Blob([new Uint8Array(50_000_000)]).stream().pipeThrough(new CompressionStream("gzip"));
  const bomb = new Uint8Array(await new Response(zeros).arrayBuffer());
  assert(bomb.length < 100_000);
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(bomb, { headers: { "content-encoding": "gzip", "content-length": `${bomb.length}` } }),
  );
  const brokerUrl = `http://127.0.0.1:${server.addr.port}`;
  const client = new StubBroker([]).client({ brokerUrl, fetch, maxAnswerSize: 1_000_000, retry: false });
  const error = await assertRejects(() => client.describeSessions(), SessionManagerError, "maxAnswerSize");
  assertEquals(error.code, "INVALID_RESPONSE");
});

/** Ways to say `a-token-of/mine` to a client that would rather not show it. */
const ECHOES: Record<string, string> = {
  plain: JSON.stringify({ error: "Cannot take a-token-of/mine" }),
  escaped: `{"error": "Cannot take ${[..."a-token-of/mine"].map(unicode).join("")}"}`,
  "escaped in part": String.raw`{"error": "Cannot take a-token\u002dof\/mine"}`,
  "escaped in an array": `["${[..."a-token-of/mine"].map(unicode).join("")}"]`,
  "escaped twice": JSON.stringify({ cause: String.raw`{"token": "a-token-of\/\u006dine"}` }),
  "escaped in a text that is not JSON": String.raw`<pre>"a-token-of\/mine"`,
  "as the id of the request": JSON.stringify({ RequestId: "a-token-of/mine", error: "No" }),
  "at the end of what is shown": `${"x ".repeat(193)}a-token-of/mine`,
  "many times": "a-token-of/mine ".repeat(5_000),
};

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

for (const [name, body] of Object.entries(ECHOES)) {
  Deno.test(`a token that an answer repeats is hidden: ${name}`, async () => {
    for (const status of [200, 400]) {
      const broker = new StubBroker(() => new Response(body, { status }));
      const client = broker.client({ credentials: { accessToken: "a-token-of/mine" }, retry: false });
      const error = await assertRejects(() => client.describeSessions(), SessionManagerError);
      const shown = JSON.stringify({ ...error, message: error.message });
      const plain = shown.replace(/\\+u([\da-f]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
        .replaceAll("\\", "");
      assertFalse(/a-token-of|of\/mine/.test(plain), shown);
    }
  });
}

Deno.test("what is no secret of an answer stays readable", async () => {
  const words = String.raw`Unrecognized field "MaxWidth" at C:\Users\ana`;
  const answer: StubAnswer = json({ error: words }, { status: 400 });
  const error = await assertRejects(
    () => new StubBroker(answer).client().describeSessions(),
    SessionManagerError,
  );
  assertEquals(error.brokerMessage, words);
  assertStringIncludes(error.body!, "MaxWidth");
});

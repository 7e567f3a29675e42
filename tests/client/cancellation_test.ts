import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { SessionManagerError } from "../../mod.ts";
import { FakeTime } from "./support/fake_time.ts";
import { failure, NO_SESSIONS, SILENCE, StubBroker } from "./support/stub_broker.ts";

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(() => "no rejection", (reason) => reason);
}

/** A signal that counts the listeners on it. */
function countedSignal(controller: AbortController): { signal: AbortSignal; listeners: () => number } {
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener(...args: Parameters<typeof addEventListener>) {
      listeners.add(args[1]);
      addEventListener.apply(signal, args);
    },
    removeEventListener(...args: Parameters<typeof removeEventListener>) {
      listeners.delete(args[1]);
      removeEventListener.apply(signal, args);
    },
  });
  return { signal, listeners: () => listeners.size };
}

Deno.test("a signal that is aborted already sends nothing, and its reason is what is thrown", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  const reason = new Error("Changed my mind");
  const signal = AbortSignal.abort(reason);
  assertStrictEquals(await reasonOf(broker.client().describeSessions({}, { signal })), reason);
  assertEquals(broker.requests.length, 0);
});

Deno.test("an abort ends a request that is under way, and fetch hears of it", async () => {
  const broker = new StubBroker(SILENCE);
  const controller = new AbortController();
  const call = broker.client().describeSessions({}, { signal: controller.signal });
  controller.abort();
  assertStrictEquals(await reasonOf(call), controller.signal.reason);
  assertEquals(broker.requests[0]?.signal.aborted, true);
});

Deno.test("an abort ends the reading of a body", async () => {
  const broker = new StubBroker(() =>
    new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))
  );
  const controller = new AbortController();
  const call = broker.client().describeSessions({}, { signal: controller.signal });
  await new Promise((resolve) => setTimeout(resolve, 0));
  controller.abort();
  assertStrictEquals(await reasonOf(call), controller.signal.reason);
});

Deno.test("an abort ends the wait between two attempts", async () => {
  using time = new FakeTime();
  const broker = new StubBroker(failure(503, "Later"));
  const controller = new AbortController();
  const call = broker.client({ retry: { baseDelay: 5_000 } }).describeSessions({}, {
    signal: controller.signal,
  });
  await time.advance(1_000);
  controller.abort();
  assertStrictEquals(await reasonOf(call), controller.signal.reason);
  assertEquals([broker.requests.length, time.pendingTimers], [1, 0]);
});

Deno.test("an abort ends waitForSession() and listSessions()", async () => {
  using time = new FakeTime();
  const client = new StubBroker(SILENCE).client();
  const controller = new AbortController();
  const { signal } = controller;
  const wait = reasonOf(client.waitForSession("s-1", { signal }));
  const list = reasonOf(Array.fromAsync(client.listSessions({}, { signal })));
  await time.advance(100);
  controller.abort();
  assertStrictEquals(await wait, signal.reason);
  assertStrictEquals(await list, signal.reason);
  assertEquals(time.pendingTimers, 0);
});

Deno.test("no listener stays on the caller's signal, whatever becomes of the call", async () => {
  using time = new FakeTime();
  for (const answer of [NO_SESSIONS, failure(400, "Invalid"), failure(503, "Later"), SILENCE]) {
    const { signal, listeners } = countedSignal(new AbortController());
    const client = new StubBroker(answer).client({ credentials: () => "token" });
    await time.settle(reasonOf(client.describeSessions({}, { signal })));
    await time.settle(reasonOf(client.waitForSession("s-1", { signal })));
    await time.settle(reasonOf(Array.fromAsync(client.listSessions({}, { signal }))));
    assertEquals([listeners(), time.pendingTimers], [0, 0]);
  }
});

Deno.test("a fetch that ignores its signal is left behind in time", async () => {
  using time = new FakeTime();
  const client = new StubBroker(SILENCE).client({ timeout: 100, retry: false });
  const error = await assertRejects(() => time.settle(client.describeSessions()), SessionManagerError);
  assertEquals([error.code, error.message], [
    "TIMEOUT",
    "Cannot complete describeSessions: no answer within 100 ms",
  ]);
});

/** Runs a program whose signal would fire after ten minutes, and kills it if it has not ended after one. */
async function assertExits(body: string): Promise<void> {
  const mod = new URL("../../mod.ts", import.meta.url).href;
  const program = `
    import { SessionManagerClient } from ${JSON.stringify(mod)};
    const signal = AbortSignal.timeout(600_000);
    const options = { retry: false, timeout: 200 };
    ${body}
    console.log("done");
  `;
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", "--no-check", program], stdout: "piped" })
    .spawn();
  const killer = setTimeout(() => child.kill(), 60_000);
  const { success, stdout } = await child.output();
  clearTimeout(killer);
  assertEquals([success, new TextDecoder().decode(stdout)], [true, "done\n"]);
}

Deno.test("a Deno process exits after a call, however long its signal lasts", async () => {
  await using server = Deno.serve({ port: 0, onListen() {} }, () => Response.json({ Sessions: [] }));
  const brokerUrl = JSON.stringify(`http://127.0.0.1:${server.addr.port}`);
  await assertExits(`
    const client = new SessionManagerClient({ brokerUrl: ${brokerUrl}, ...options });
    await client.describeSessions({}, { signal });
  `);
});

Deno.test("a Deno process exits after a timeout and a refusal, however long the signal lasts", async () => {
  await assertExits(`
    const brokerUrl = "http://127.0.0.1:1024";
    const silent = new SessionManagerClient({ brokerUrl, ...options, fetch: () => new Promise(() => {}) });
    await silent.describeSessions({}, { signal }).catch(() => {});
    await new SessionManagerClient({ brokerUrl, ...options }).describeSessions({}, { signal }).catch(() => {});
  `);
});

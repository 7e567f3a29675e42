import { assert, assertEquals, assertRejects } from "@std/assert";
import { connect } from "node:net";
import { type Fault, MockBroker, type MockBrokerServer } from "@dcvkit/mock-broker";
import { createTlsFetch, type TlsFetch } from "@dcvkit/session-manager/tls";
import { createBroker } from "./call.ts";

/** What arrives of an answer: the status and what can be read of the body, or the failure before that. */
interface Arrival {
  status?: number;
  text?: string;
  failure?: "fetch" | "body";
}

async function arrival(ask: Promise<Response>): Promise<Arrival> {
  const response = await ask.catch((error) => {
    assert(error instanceof TypeError, String(error));
  });
  if (!response) return { failure: "fetch" };
  const { status } = response;
  const text = await response.text().catch((error) => {
    assert(error instanceof TypeError, String(error));
  });
  return text === undefined ? { status, failure: "body" } : { status, text };
}

const ALIKE: Fault[] = [
  { type: "status", status: 503, body: "busy" },
  { type: "delay", milliseconds: 5 },
  { type: "reset" },
  { type: "reset", handled: true },
  { type: "cutOff" },
  { type: "cutOff", afterBytes: 0 },
  { type: "garble" },
  { type: "throttle", retryAfter: 1 },
  { type: "refuseToken" },
];

for (const tls of [false, true]) {
  const scheme = tls ? "https" : "http";
  Deno.test(`each fault means the same over ${scheme} as in process`, async () => {
    const broker = new MockBroker({ seed: 1 });
    await using server = await broker.listen({ port: 0, tls });
    await using client = new SocketClient(server);
    for (const fault of ALIKE) {
      broker.faults.clear();
      broker.faults.add({ fault });
      const init = { method: "POST", body: "{}" };
      assertEquals(
        await arrival(client.fetch(`${server.url}/describeSessions`, init)),
        await arrival(broker.fetch(`${broker.url}/describeSessions`, init)),
        JSON.stringify(fault),
      );
    }
  });

  Deno.test(`no answer over ${scheme} until the caller gives up, or the server closes`, async () => {
    const broker = createBroker({ faults: [{ fault: { type: "noAnswer" } }] });
    const server = await broker.listen({ port: 0, tls });
    await using client = new SocketClient(server);
    const controller = new AbortController();
    const [first, second] = [nextEntry(broker), nextEntry(broker, 2)];
    const abandoned = client.fetch(`${server.url}/health`, { signal: controller.signal });
    await first;
    controller.abort();
    await assertRejects(() => abandoned, DOMException);
    const held = arrival(client.fetch(`${server.url}/health`));
    await second;
    await server.close();
    assertEquals((await held).failure, "fetch");
  });
}

Deno.test("a reset over a socket is a reset, before any byte of an answer", async () => {
  const broker = createBroker({ faults: [{ fault: { type: "reset" } }] });
  await using server = await broker.listen({ port: 0, tls: false });
  const { promise, resolve } = Promise.withResolvers<{ code: string | undefined; received: number }>();
  let [code, received]: [string | undefined, number] = [undefined, 0];
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("data", (bytes) => received += bytes.byteLength);
  socket.on("error", (error: NodeJS.ErrnoException) => code = error.code);
  socket.on("close", () => resolve({ code, received }));
  socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  assertEquals(await promise, { code: "ECONNRESET", received: 0 });
});

Deno.test("a delay over a socket waits for the clock", async () => {
  const broker = createBroker({ faults: [{ fault: { type: "delay", milliseconds: 60_000 } }] });
  await using server = await broker.listen({ port: 0, tls: false });
  const answer = fetch(`${server.url}/health`);
  await matched(broker);
  assertEquals(broker.journal.size, 0);
  broker.advance(60_000);
  const response = await answer;
  await response.body?.cancel();
  assertEquals([response.status, broker.journal.entries()[0]?.duration], [200, 60_000]);
});

Deno.test("a server that closes lets go of requests that are being delayed", async () => {
  const broker = new MockBroker({ faults: [{ fault: { type: "delay", milliseconds: 60_000 } }] });
  const server = await broker.listen({ port: 0, tls: false });
  const answer = arrival(fetch(`${server.url}/health`));
  await matched(broker);
  await server.close();
  assertEquals((await answer).failure, "fetch");
});

/** Calls over sockets, with the server's authority trusted where there is one. */
class SocketClient implements AsyncDisposable {
  readonly fetch: typeof fetch;
  readonly #tlsFetch: TlsFetch | undefined;

  constructor({ ca }: MockBrokerServer) {
    this.#tlsFetch = ca === undefined ? undefined : createTlsFetch({ ca });
    this.fetch = this.#tlsFetch ?? fetch;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tlsFetch?.close();
  }
}

/** Settles when the journal has the entry with this id. */
function nextEntry(broker: MockBroker, id = 1): Promise<void> {
  return new Promise((resolve) => {
    const stop = broker.journal.subscribe((entry) => {
      if (entry.id !== id) return;
      stop();
      resolve();
    });
  });
}

/** Settles when the first rule has met a request. */
async function matched(broker: MockBroker): Promise<void> {
  while (broker.faults.list()[0]?.matched === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}

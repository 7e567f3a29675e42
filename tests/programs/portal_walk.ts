/**
 * Walks through `examples/portal/` as two visitors do, without a browser and so on every runtime.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker, type MockBrokerServer } from "@dcvkit/mock-broker";

/** A running portal. */
interface Portal extends AsyncDisposable {
  readonly url: string;
}

/** How to run the portal: on which runtime, and from which folder. */
export interface PortalCommand {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
}

async function startPortal(
  { command: [program, ...args], cwd }: PortalCommand,
  broker: MockBroker,
  server: MockBrokerServer,
): Promise<Portal> {
  const caFile = await Deno.makeTempFile({ suffix: ".pem" });
  await Deno.writeTextFile(caFile, server.ca!);
  const child = new Deno.Command(program, {
    args,
    cwd,
    env: {
      DCV_SM_BROKER_URL: server.url,
      DCV_SM_CA_FILE: caFile,
      DCV_SM_CLIENT_ID: broker.credentials.clientId,
      DCV_SM_CLIENT_PASSWORD: broker.credentials.clientSecret,
      PORT: "0",
    },
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  return {
    url: /http:\S+/.exec(value)![0],
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await reader.cancel();
      await child.status;
      await Deno.remove(caFile);
    },
  };
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** A browser, as far as the portal needs one: it keeps the cookie and does not follow redirects. */
class Visitor {
  #cookie = "";

  constructor(readonly portal: string) {}

  get(path: string): Promise<Answer> {
    return this.#send(path, {});
  }

  async post(path: string, form: Record<string, string> = {}): Promise<Answer> {
    const headers = { Origin: this.portal };
    return await this.#send(path, { method: "POST", headers, body: new URLSearchParams(form) });
  }

  async #send(path: string, init: RequestInit) {
    const headers = { ...init.headers, Cookie: this.#cookie };
    const response = await fetch(this.portal + path, { ...init, headers, redirect: "manual" });
    this.#cookie = response.headers.get("Set-Cookie")?.split(";")[0] ?? this.#cookie;
    const { status, headers: answered } = response;
    return { status, location: answered.get("Location"), text: await response.text() };
  }
}

/** Signs in, starts a session, sees it, opens, shares and ends it; and a stranger sees none of it. */
export async function walkPortal(command: PortalCommand): Promise<void> {
  const broker = new MockBroker({ clock: { speed: 20 } });
  await using server = await broker.listen({ port: 0 });
  await using portal = await startPortal(command, broker, server);
  const ana = new Visitor(portal.url);

  assertEquals((await ana.post("/sessions", { name: "dev" })).location, "/sign-in");
  await ana.post("/sign-in", { user: "ana" });
  assertEquals((await ana.post("/sessions", { name: "<b>dev</b>", memory: "8" })).location, "/");
  let { text: page } = await ana.get("/");
  assertStringIncludes(page, "&lt;b&gt;dev&lt;/b&gt;");
  while (!page.includes('data-state="READY"')) ({ text: page } = await ana.get("/"));
  assertStringIncludes(page, 'src="data:image/png;base64,iVBOR');

  const id = /sessions\/([^/]+)\/open/.exec(page)![1]!;
  const opened = await ana.get(`/sessions/${id}/open`);
  assertEquals([opened.status, new URL(opened.location!).hash], [302, `#${id}`]);
  const share = { guest: "bob", access: "watch" };
  assertEquals((await ana.post(`/sessions/${id}/share`, share)).location, "/");

  const eve = new Visitor(portal.url);
  await eve.post("/sign-in", { user: "eve" });
  assert(!(await eve.get("/")).text.includes(id));
  assertEquals((await eve.post(`/sessions/${id}/end`)).status, 404);

  assertEquals((await ana.post(`/sessions/${id}/end`)).location, "/");
  assert(!(await ana.get("/")).text.includes('data-state="READY"'));
  // Ana loads the page as fast as she can, and what eve tried is for the broker to refuse.
  broker.assertNoAdvice({ except: ["polling-too-fast", "deletion-by-wrong-owner"] });
}

/**
 * Walks through `examples/portal.ts` as two visitors do.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
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

/** A browser, as far as the portal needs one: it keeps the cookie and does not follow redirects. */
class Visitor {
  #cookie = "";

  constructor(readonly portal: string) {}

  async get(path: string): Promise<string> {
    return (await this.#send(path, {})).text;
  }

  async post(
    path: string,
    form: Record<string, string> = {},
  ): Promise<{ status: number; location: string | null }> {
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
  await ana.post("/sessions", { name: "<b>dev</b>" });
  const page = await ana.get("/");
  assertStringIncludes(page, "&lt;b&gt;dev&lt;/b&gt;");
  assertMatch(page, /READY[^]*src="data:image\/png;base64,iVBOR/);

  const id = /sessions\/([^/]+)\/open/.exec(page)![1]!;
  const opened = await ana.post(`/sessions/${id}/open`);
  assert(new URL(opened.location!).searchParams.get("authToken"));
  assertEquals((await ana.post(`/sessions/${id}/share`, { guest: "bob" })).location, "/");

  const eve = new Visitor(portal.url);
  await eve.post("/sign-in", { user: "eve" });
  assert(!(await eve.get("/")).includes(id));
  assertEquals((await eve.post(`/sessions/${id}/end`)).status, 502);

  assertEquals((await ana.post(`/sessions/${id}/end`)).location, "/");
  assertMatch(await ana.get("/"), /DELETING|<ul><\/ul>/);
}

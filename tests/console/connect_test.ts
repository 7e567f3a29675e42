import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const CONSOLE = "/_mock/console";
const ROOT = new URL("../../", import.meta.url);

/** What stands in a `pre` of the page, as a person copies it. */
function snippet(html: string, id: string): string {
  const [, text = ""] = new RegExp(`<pre id="${id}"[^>]*>(.*?)</pre>`, "s").exec(html) ?? [];
  const entities: Record<string, string> = { quot: '"', "#39": "'", lt: "<", gt: ">", amp: "&" };
  return text.replaceAll(/&(quot|#39|lt|gt|amp);/g, (_, name) => entities[name]!);
}

async function run(
  program: string,
  args: string[],
  env: Record<string, string>,
  cwd: URL | string,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env, cwd }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return decoder.decode(stdout);
}

async function exists(program: string): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

Deno.test("the snippets run as they stand, over HTTPS, with the CA that the page hands out", async () => {
  const broker = new MockBroker({ timings: { placement: [0, 0], preparation: [0, 0] } });
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana", id: "there-already" });
  await using server = await broker.listen({ port: 0, tls: true });
  using fetch = createTlsFetch({ ca: server.ca! });
  const ca = await (await fetch(`${server.url}${CONSOLE}/mock-broker-ca.pem`)).text();
  assertEquals(ca, server.ca);
  const html = await (await fetch(`${server.url}${CONSOLE}/connect`)).text();
  const { clientId, clientSecret } = broker.credentials;
  const env = { DCV_SM_CLIENT_ID: clientId, DCV_SM_CLIENT_PASSWORD: clientSecret };

  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/mock-broker-ca.pem`, ca);
    if (await exists("curl") && Deno.build.os !== "windows") {
      assertStringIncludes(await run("sh", ["-c", snippet(html, "curl")], env, folder), "there-already");
    }
    if (await exists("python3")) {
      assertStringIncludes(
        await run("python3", ["-c", snippet(html, "python")], env, folder),
        "there-already",
      );
    }
    const program = snippet(html, "typescript").replace(
      /"mock-broker-ca.pem"/,
      JSON.stringify(`${folder}/mock-broker-ca.pem`),
    );
    const args = ["eval", "--quiet", "--config", "tools.json", "--ext", "ts", program];
    assertStringIncludes(await run(Deno.execPath(), args, env, ROOT), 'State: "READY"');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("without HTTPS there is no CA, and no snippet speaks of one", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const html = await (await fetch(`${server.url}${CONSOLE}/connect`)).text();
  for (const id of ["environment", "typescript", "curl", "python"]) {
    assertStringIncludes(snippet(html, id), id === "environment" ? "DCV_SM_CLIENT_ID" : server.url);
    assert(!snippet(html, id).includes("ca.pem"), id);
  }
  const answer = await fetch(`${server.url}${CONSOLE}/mock-broker-ca.pem`);
  assertEquals([answer.status, await answer.text()], [
    404,
    "This server shows no certificate of the mock's own",
  ]);
});

Deno.test("a desktop is opened from its session, as its owner, and not by a page of another site", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const id = broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  await using server = await broker.listen({ port: 0, tls: false, desktopPort: 0 });
  const page = await (await fetch(`${server.url}${CONSOLE}/sessions/${id}`)).text();
  assertStringIncludes(page, `href="${CONSOLE}/desktops/${id}"`);
  const open = async (headers: HeadersInit = {}) => {
    const answer = await fetch(`${server.url}${CONSOLE}/desktops/${id}`, { headers, redirect: "manual" });
    await answer.body?.cancel();
    return answer;
  };
  const opened = await open({ "Sec-Fetch-Site": "same-origin" });
  const location = new URL(opened.headers.get("Location")!);
  assertEquals([opened.status, location.origin], [303, server.desktopUrl]);
  assertMatch(location.pathname, /^\/ip-10-0-0-1\/?$/);
  assertEquals(location.hash, `#${id}`);
  using fetchDesktop = createTlsFetch({ ca: server.ca! });
  const desktop = await fetchDesktop(location);
  assertEquals([desktop.status, (await desktop.text()).includes("<html")], [200, true]);
  assertEquals((await open({ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" })).status, 403);
  broker.journal.assertReceived({ operation: "getSessionConnectionData" }, { times: 1 });

  const none = await fetch(`${server.url}${CONSOLE}/desktops/none`);
  assertEquals([none.status, await none.text()], [404, "No session has this id: none"]);
});

Deno.test("where no desktops are served, none is offered", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const id = broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  await using server = await broker.listen({ port: 0, tls: false });
  const page = await (await fetch(`${server.url}${CONSOLE}/sessions/${id}`)).text();
  assert(!page.includes("Open desktop"));
});

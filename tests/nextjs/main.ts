/**
 * The client in a page and in a route of Next.js 14, 15 and 16, built and started as in production: what these keep of
 * answers must be nothing, and no token may be on disk. Arguments are the versions to try.
 *
 * @module
 */

import assert from "node:assert/strict";
import { DENO, NPM, run, TOOLS } from "../../scripts/run.ts";
import { freePort } from "../mock_broker/free_port.ts";

/** Each version with its React, and a Node that it takes. */
const VERSIONS: Record<string, string> = { "14": "18", "15": "19", "16": "19" };
const NODE = [Deno.build.os === "windows" ? "npx.cmd" : "npx", "-y", "node@22"];

/** How long to wait for a server to start. */
const START_MS = 60_000;

const LAYOUT = `export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`;

const CLIENT = `import { SessionManagerClient } from "./client.mjs";
export const client = () => new SessionManagerClient({
  brokerUrl: process.env.BROKER_URL,
  credentials: { clientId: "an-id", clientSecret: "a-secret" },
});
`;

const PAGE = `import { client } from "./make_client.js";
export default async function Page() {
  const { Sessions } = await client().describeSessions();
  return <p>{Sessions.map(({ Id }) => Id).join(" ")}.</p>;
}
`;

const ROUTE = `import { client } from "../make_client.js";
export async function GET() {
  return Response.json(await client().createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" }));
}
`;

for (const version of Deno.args.length > 0 ? Deno.args : Object.keys(VERSIONS)) {
  const folder = await Deno.makeTempDir({ prefix: "nextjs_" });
  try {
    await using broker = startBroker();
    await install(folder, version);
    await check(folder, broker);
    console.log(`Next.js ${version}: nothing is kept`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Broker extends AsyncDisposable {
  readonly url: string;
  /** Ids of the sessions that were created. */
  readonly sessions: string[];
  /** The tokens that were given away. */
  readonly tokens: string[];
}

/** As little of a broker as shows what was kept: it remembers the tokens, which the mock does not show. */
function startBroker(): Broker {
  const sessions: string[] = [];
  const tokens: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/oauth2/token") {
      tokens.push(`token-${crypto.randomUUID()}`);
      return Response.json({ access_token: tokens.at(-1), token_type: "bearer", expires_in: 3600 });
    }
    if (pathname === "/createSessions") sessions.push(`s-${sessions.length + 1}`);
    const Sessions = sessions.map((Id) => ({ Id, Name: "desktop", Owner: "ana" }));
    if (pathname === "/describeSessions") return Response.json({ Sessions });
    return Response.json({ SuccessfulList: Sessions.slice(-1), UnsuccessfulList: [] });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    sessions,
    tokens,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function install(folder: string, version: string): Promise<void> {
  await Deno.mkdir(`${folder}/app/create`, { recursive: true });
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ private: true }));
  await Deno.writeTextFile(`${folder}/app/layout.js`, LAYOUT);
  await Deno.writeTextFile(`${folder}/app/make_client.js`, CLIENT);
  await Deno.writeTextFile(`${folder}/app/page.js`, PAGE);
  await Deno.writeTextFile(`${folder}/app/create/route.js`, ROUTE);
  const client = `${folder}/app/client.mjs`;
  await run(DENO, ["bundle", ...TOOLS, "--quiet", "--platform=browser", "--output", client, "mod.ts"]);
  const react = VERSIONS[version];
  const packages = [`next@${version}`, `react@${react}`, `react-dom@${react}`];
  await run(NPM, ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], folder);
}

/** Three times: a session is created, and the page shows it. */
async function check(folder: string, broker: Broker): Promise<void> {
  const env = { BROKER_URL: broker.url, NEXT_TELEMETRY_DISABLED: "1" };
  const [npx, ...args] = [...NODE, "node_modules/next/dist/bin/next"];
  const options = { cwd: folder, env, stdin: "null", stdout: "null", stderr: "inherit" } as const;
  const { success } = await new Deno.Command(npx!, { ...options, args: [...args, "build"] }).output();
  assert(success, "next build failed");
  assert.deepEqual(broker.tokens, [], "The broker was asked while the site was built");

  const port = freePort();
  const start = [...args, "start", "--hostname", "127.0.0.1", "--port", `${port}`];
  await using _server = process(new Deno.Command(npx!, { ...options, args: start }).spawn());
  const site = `http://127.0.0.1:${port}`;
  await answers(site);
  for (let round = 1; round <= 3; round++) {
    const { Id } = await (await fetch(`${site}/create`)).json();
    assert.deepEqual([Id, broker.sessions.length], [`s-${round}`, round], "An old answer to a creation");
    const page = await (await fetch(site)).text();
    assert(page.includes(`${broker.sessions.join(" ")}`), "The page shows an old answer");
  }
  assert(broker.tokens.length > 0);
  for await (const text of textsIn(`${folder}/.next`)) {
    assert(!broker.tokens.some((token) => text.includes(token)), "A token is on disk");
  }
}

/** npx passes the signal on. */
function process(child: Deno.ChildProcess): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

async function answers(site: string): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end;) {
    const response = await fetch(site).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("next start did not answer");
}

async function* textsIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* textsIn(path);
    else yield new TextDecoder("latin1").decode(await Deno.readFile(path));
  }
}

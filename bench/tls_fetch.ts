/**
 * What `createTlsFetch()` costs against the `fetch` of the runtime that trusts the same authority: undici on Node. It
 * runs on Deno, Bun and Node, over connections that are kept, with 1, 16 and 128 calls at once.
 *
 * @module
 */

import { CertificateAuthority } from "../mock_broker/server/certificates.ts";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { type Figure, median, ratioOfRounds, report } from "./report.ts";
import type { TlsFetchRates } from "./tls_fetch_client.ts";

const BUN = ["npx", "-y", "bun@^1.4"];
const RUNTIMES: Record<string, { command: string[]; atLeast: number }> = {
  "Deno": { command: [Deno.execPath(), "run", "--quiet", "--no-config", "--allow-all"], atLeast: 0.6 },
  "Bun": { command: BUN, atLeast: 0.6 },
  "Node 20": { command: ["npx", "-y", "node@20"], atLeast: 1 },
  "Node 24": { command: ["npx", "-y", "node@24"], atLeast: 1 },
};

/** Much longer than a runtime takes; a process that has not ended by then is ended, and the benchmark fails. */
const PATIENCE_MS = 180_000;

const folder = await Deno.makeTempDir({ prefix: "tls_fetch_" });
try {
  const authority = CertificateAuthority.create();
  const caFile = `${folder}/ca.pem`;
  await Deno.writeTextFile(caFile, authority.cert);
  await using server = await startServer(authority);
  const client = await bundled("tls_fetch_client");
  const figures: Figure[] = [];
  for (const [runtime, { command, atLeast }] of Object.entries(RUNTIMES)) {
    const input = { url: server.url, ca: authority.cert };
    const child = start([...command, client], input, { NODE_EXTRA_CA_CERTS: caFile });
    const patience = setTimeout(() => child.kill(), PATIENCE_MS);
    const { success, stdout } = await child.output();
    clearTimeout(patience);
    if (!success) throw new Error(`${runtime} gave no figures within ${PATIENCE_MS / 1000} s`);
    for (const rates of JSON.parse(new TextDecoder().decode(stdout))) {
      figures.push(...figuresOf(runtime, rates, atLeast));
    }
  }
  if (!report(figures)) Deno.exitCode = 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** The budget is for 16 calls at once. */
function figuresOf(runtime: string, { atOnce, ours, own }: TlsFetchRates, atLeast: number): Figure[] {
  const what = `${runtime}, ${atOnce} at once`;
  return [
    { what: `${what}: createTlsFetch()`, value: median(ours), unit: "a second" },
    ratioOfRounds(`${what}: to its own fetch`, ours, own, atOnce === 16 ? { atLeast } : {}),
  ];
}

async function startServer(authority: CertificateAuthority): Promise<AsyncDisposable & { url: string }> {
  const { cert, key } = authority.issueServerCertificate();
  const child = start([...BUN, await bundled("tls_fetch_server")], {
    cert,
    key,
    page: await pageOfSessions(),
  });
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  return {
    url: `https://localhost:${Number(new TextDecoder().decode(value))}/describeSessions`,
    async [Symbol.asyncDispose]() {
      await reader.cancel();
      child.kill();
      await child.status;
    },
  };
}

/** The program as one JavaScript file, because Node 20 does not read TypeScript. */
async function bundled(name: string): Promise<string> {
  const output = `${folder}/${name}.mjs`;
  const args = [
    "bundle",
    "--config",
    "tools.json",
    "--quiet",
    "--platform=deno",
    "--output",
    output,
    `bench/${name}.ts`,
  ];
  const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`Cannot bundle bench/${name}.ts`);
  return output;
}

function start(command: string[], input: object, env: Record<string, string> = {}): Deno.ChildProcess {
  const [program, ...args] = command;
  const child = new Deno.Command(program!, {
    args,
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  new Blob([JSON.stringify(input)]).stream().pipeTo(child.stdin);
  return child;
}

/** An answer with 20 sessions, as the mock broker gives it. */
async function pageOfSessions(): Promise<string> {
  const { url, credentials, fetch } = new MockBroker({
    seed: 1,
    servers: [{ maxVirtualSessions: 20 }],
    sessions: Array.from({ length: 20 }, (_, index) => ({ id: `session-${index}`, owner: `user-${index}` })),
  });
  return JSON.stringify(
    await new SessionManagerClient({ brokerUrl: url, credentials, fetch }).describeSessions(),
  );
}

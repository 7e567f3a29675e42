/**
 * The same calls on every runtime: what works works everywhere, and what fails says the same everywhere.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { selfSigned } from "./tls/awkward_certificates.ts";
import { type TlsCase, tlsCases } from "./tls/cases.ts";
import { startTlsServers } from "./tls/servers.ts";

/**
 * Long enough to download a runtime; a process that does not end by itself is ended then, and the test fails.
 */
const PATIENCE_MS = 240_000;

const RUNTIMES: Record<string, string[]> = {
  "Deno": [
    Deno.execPath(),
    "run",
    "--quiet",
    "--no-config",
    "--allow-net",
    "--allow-read",
    "--allow-sys",
    "--allow-env",
  ],
  "Bun": ["npx", "-y", "bun@^1.4"],
  "Node 20": ["npx", "-y", "node@20"],
  "Node 22": ["npx", "-y", "node@22"],
  "Node 24": ["npx", "-y", "node@24"],
};

interface Outcome {
  answer?: unknown;
  failure?: { name: string; message: string; code?: string };
}

Deno.test("createTlsFetch() does the same on every runtime", async (t) => {
  await using servers = await startTlsServers();
  const directory = await Deno.makeTempDir({ prefix: "tls_fetch_" });
  try {
    const module = `${directory}/tls.mjs`;
    await bundle("src/tls.ts", module);
    const cases = tlsCases(servers);
    const steps = Object.entries(RUNTIMES).map(([runtime, command]) =>
      t.step({
        name: runtime,
        fn: async (t) => {
          const outcomes = await callOn(command, module, cases);
          for (const [index, tlsCase] of cases.entries()) {
            await t.step(tlsCase.name, () => assertOutcome(outcomes[index]!, tlsCase));
          }
        },
        sanitizeOps: false,
        sanitizeResources: false,
        sanitizeExit: false,
      })
    );
    await Promise.all(steps);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a call of createTlsFetch() ends alike on every runtime", async (t) => {
  const authority = await selfSigned({ authority: false, names: ["localhost"] });
  const directory = await Deno.makeTempDir({ prefix: "tls_fetch_" });
  try {
    const module = `${directory}/tls.mjs`;
    await bundle("src/tls.ts", module);
    const script = fileURLToPath(new URL("tls/lifecycle.mjs", import.meta.url));
    const stdin = JSON.stringify({ module, ...authority });
    for (const [runtime, command] of Object.entries(RUNTIMES)) {
      await t.step(runtime, async () => {
        assertEquals(JSON.parse(await run([...command, script], { stdin })), {
          "text": "whole",
          "stream after a look at it": "whole",
          "text cut off": "TypeError | The answer broke off | ECONNRESET",
          "JSON cut off": "TypeError | The answer broke off | ECONNRESET",
          "no JSON": "SyntaxError |  | ",
          "stream cut off": "TypeError | The answer broke off | ECONNRESET",
          "redirect": "TypeError | Redirects are not followed | ",
          "abort in the body": "Error | no longer wanted | ",
          "abort before the head": "Error | no longer wanted | ",
          "close": "TypeError | Fetch failed | ECONNRESET",
          "after close": "whole",
          "timeout": "TimeoutError |  | ",
        });
      });
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

function assertOutcome(outcome: Outcome, { answer, failure }: TlsCase): void {
  assertEquals(outcome.answer, answer, outcome.failure?.message);
  if (failure === undefined) return;
  const { name, message = "", code = "" } = outcome.failure ?? {};
  assertEquals(name, "TypeError");
  assertMatch(message, failure.message);
  assert(failure.codes.includes(code), `Unexpected code: ${code}`);
}

/** The module as one JavaScript file, because Node 20 does not read TypeScript. */
async function bundle(source: string, target: string): Promise<void> {
  const root = new URL("../../", import.meta.url);
  await run([
    Deno.execPath(),
    "bundle",
    "--config",
    "tools.json",
    "--quiet",
    "--platform=deno",
    "--output",
    target,
    source,
  ], {
    cwd: root,
  });
}

async function callOn(command: string[], module: string, calls: TlsCase[]): Promise<Outcome[]> {
  const script = fileURLToPath(new URL("tls/call.mjs", import.meta.url));
  // Verification stays on whatever the environment says.
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
  return JSON.parse(await run([...command, script], { env, stdin: JSON.stringify({ module, calls }) }));
}

async function run(
  [command, ...args]: string[],
  { stdin = "", ...options }: { cwd?: URL; env?: Record<string, string>; stdin?: string },
): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const child = new Deno.Command(command!, {
    args,
    ...options,
    signal,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  })
    .spawn();
  await new Blob([stdin]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  assert(success, `${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

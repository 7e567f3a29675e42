/**
 * Processes of users' programs, on every runtime: they end by themselves, whatever the server still owes them,
 * and write nothing that nobody asked for.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { CertificateAuthority } from "../../mock_broker/server/certificates.ts";
import type { ProgramInput } from "./processes/program.ts";

const RUNTIMES: Record<string, string[]> = {
  "Deno": [Deno.execPath(), "run", "--quiet", "--no-config", "--allow-all"],
  "Bun": ["npx", "-y", "bun@^1.4"],
  "Node 20": ["npx", "-y", "node@20"],
  "Node 22": ["npx", "-y", "node@22"],
  "Node 24": ["npx", "-y", "node@24"],
};

/** Long enough to download a runtime and to make the calls. */
const CALLS_MS = 240_000;
/** Much longer than the second that a process may take to end, and much shorter than what the server owes. */
const END_MS = 30_000;

const OUTCOMES = {
  "well": "answer",
  "silent": "TIMEOUT",
  "stops in the answer": "TIMEOUT",
  "endless": "INVALID_RESPONSE",
  "silent token endpoint, call given up": "given up",
  "one signal for many calls": "answer",
  "silent token endpoint, next token": "answer",
};

const authority = CertificateAuthority.create();

Deno.test("a process ends after its last call, whatever the server still owes it", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "processes_" });
  try {
    const program = await bundled(`${folder}/program.mjs`);
    for (const ca of [undefined, authority.cert]) {
      await using server = await startServer(ca !== undefined);
      const input: ProgramInput = { url: server.url, ...(ca !== undefined && { ca }) };
      await Promise.all(
        Object.entries(RUNTIMES).map(([runtime, command]) =>
          t.step({
            name: `${runtime}, ${ca === undefined ? "global fetch" : "createTlsFetch()"}`,
            fn: () => assertEnds([...command, program, JSON.stringify(input)]),
            sanitizeOps: false,
            sanitizeResources: false,
            sanitizeExit: false,
          })
        ),
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** It prints what became of its calls, and then ends. */
async function assertEnds([command, ...args]: string[]): Promise<void> {
  const child = new Deno.Command(command!, { args, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
  let killed = "";
  const kill = (why: string) => {
    killed = why;
    child.kill("SIGKILL");
  };
  let patience = setTimeout(kill, CALLS_MS, "its calls did not end");
  let printed = "";
  const errors = new Response(child.stderr).text();
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    printed += text;
    if (!printed.endsWith("\n")) continue;
    clearTimeout(patience);
    patience = setTimeout(kill, END_MS, "it did not end after its last call");
  }
  const { code } = await child.status;
  clearTimeout(patience);
  assertEquals([killed, code], ["", 0], await errors);
  assertEquals(JSON.parse(printed), OUTCOMES);
  // npm complains about its own settings, on some machines
  assertEquals((await errors).split("\n").filter((line) => line && !/^npm /.test(line)), []);
}

/** Its folders differ in what they owe. */
async function startServer(tls: boolean): Promise<AsyncDisposable & { url: string }> {
  /** Those whose first token has been fetched. */
  const known = new Set<string>();
  const answers: Record<string, (response: ServerResponse, path: string) => void> = {
    "well": (response) => response.end('{"Sessions":[]}'),
    "silent": () => {},
    "stops": (response) => response.write('{"Sessions":'),
    "endless": (response) => {
      response.on("error", () => {});
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    },
    "one-token": (response, path) => {
      if (!path.includes("/oauth2/token")) response.end('{"Sessions":[]}');
      else if (!known.has(path)) response.end('{"access_token":"a-token","expires_in":3600}');
      known.add(path);
    },
  };
  const handler = ({ url = "" }: IncomingMessage, response: ServerResponse) =>
    answers[url.split("/")[1]!]!(response, url);
  const server = tls ? createServer(authority.issueServerCertificate(), handler) : createPlainServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The program as one JavaScript file, because Node 20 does not read TypeScript. */
async function bundled(output: string): Promise<string> {
  const config = ["--config", "tools.json", "--quiet", "--platform=deno"];
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", ...config, "--output", output, "tests/client/processes/program.ts"],
    cwd: new URL("../../", import.meta.url),
    stdin: "null",
  }).output();
  assertEquals(success, true, "Cannot bundle the program");
  return output;
}

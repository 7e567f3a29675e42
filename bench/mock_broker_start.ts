/**
 * How long the mock's command takes from the start of its process until somebody who asks it at once has an answer,
 * without TLS, on each runtime: against a bare Hono app on the same runtime. What is measured are the npm packages as
 * they are installed; `deno task build:npm` has to have been run. Arguments name the runtimes.
 *
 * @module
 */

import { MOCK_BROKER, PACKAGES, tarball } from "../scripts/npm/packages.ts";
import { inFolder } from "./programs.ts";
import { type Figure, median, ratioOfRounds, report } from "./report.ts";
import { askedRuntimes, type Runtime } from "./runtimes.ts";
import { firstLine } from "./targets.ts";

const ROUNDS = 15;

const BARE = `
import { serve } from "@hono/node-server";
import { Hono } from "hono";
const app = new Hono();
app.post("/describeSessions", (c) => c.json({ error: "No authorization header" }, 401));
const where = { fetch: app.fetch, hostname: "127.0.0.1", port: 0 };
serve(where, ({ port }) => console.log(JSON.stringify({ url: "http://127.0.0.1:" + port })));
`;

const COMMAND = [`node_modules/${MOCK_BROKER.name}/esm/cli.js`, "--port", "0", "--no-tls", "--log", "json"];

/** What is started, and how much longer than a bare app it may take. */
const STARTS: Readonly<Record<string, { args: string[]; atMost?: number }>> = {
  "a bare Hono app": { args: ["bare.mjs"] },
  "the mock's command": { args: COMMAND, atMost: 1.7 },
  "the mock's command without desktops": { args: [...COMMAND, "--no-desktop"] },
  "the mock's command with the fleet large": { args: [...COMMAND, "--fleet", "large"], atMost: 2.5 },
};

const figures = await inFolder(async (folder) => {
  await install(folder);
  const figures: Figure[] = [];
  for (const runtime of await askedRuntimes()) {
    figures.push(...figuresOf(runtime.name, await timesOf(runtime, folder)));
  }
  return figures;
});
if (!report(figures)) Deno.exitCode = 1;

/** The packages from their tarballs, as a user would install them. */
async function install(folder: string): Promise<void> {
  const tarballs = await Promise.all(PACKAGES.map(async (one) => await Deno.realPath(tarball(one))))
    .catch(() => {
      throw new Error("There are no built packages: run deno task build:npm first");
    });
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ private: true, type: "module" }));
  await Deno.writeTextFile(`${folder}/bare.mjs`, BARE);
  const others = ["hono", "@hono/node-server"].map((name) => `${name}@${MOCK_BROKER.dependencies[name]}`);
  const args = ["install", "--no-audit", "--no-fund", ...tarballs, ...others];
  const { success, stderr } = await new Deno.Command("npm", { args, cwd: folder }).output();
  if (!success) throw new Error(`Cannot install the packages: ${new TextDecoder().decode(stderr)}`);
}

/** The times of each start, round by round, in milliseconds. */
async function timesOf({ command }: Runtime, folder: string): Promise<number[][]> {
  const times: number[][] = Object.keys(STARTS).map(() => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, { args }] of Object.values(STARTS).entries()) {
      const time = await timeToFirstAnswer([...command, ...args], folder);
      // The first round fills the caches of the runtime and of the system.
      if (round >= 0) times[index]!.push(time);
    }
  }
  return times;
}

/** Starts a server, asks it, and ends it; milliseconds until its answer was there. */
async function timeToFirstAnswer([program, ...args]: string[], cwd: string): Promise<number> {
  const start = performance.now();
  const child = new Deno.Command(program!, { args, cwd, stdout: "piped", stderr: "null" }).spawn();
  try {
    const { url } = JSON.parse(await firstLine(child));
    const response = await fetch(`${url}/describeSessions`, { method: "POST" });
    const { error } = await response.json();
    if (error !== "No authorization header") throw new Error(`${args[0]} answers: ${error}`);
    return performance.now() - start;
  } finally {
    child.kill("SIGKILL");
    await child.stdout.cancel();
    await child.status;
  }
}

function figuresOf(column: string, [bare, ...others]: number[][]): Figure[] {
  const started = Object.entries(STARTS).slice(1).flatMap(([name, { atMost }], index): Figure[] => [
    ratioOfRounds(`start of ${name}: to a bare Hono app's`, others[index]!, bare!, {
      column,
      ...(atMost !== undefined && { atMost }),
    }),
    { what: `start of ${name}: to its first answer`, column, value: median(others[index]!), unit: "ms" },
  ]);
  return [...started, { what: "start of a bare Hono app", column, value: median(bare!), unit: "ms" }];
}

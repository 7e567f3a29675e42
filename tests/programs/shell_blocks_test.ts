/**
 * The shell blocks of README and the guides, as they are printed: those of a page in one shell session, in a folder of
 * its own with an empty home, on the ports that they name.
 *
 * @module
 */

import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";
import { READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { allBlocks, type Block } from "./blocks.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a reader of a page has in the folder before its first block. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "docs/permissions_of_programs.md": { "lab.yaml": READY_FLEETS["small-lab"] },
};

/** What stands for what the reader has: packages, and other terminals. */
const READER = `${ROOT}/tests/programs/reader.sh`;

const shellBlocks = (await allBlocks()).filter(({ language, isIgnored, notRun, runBy }) =>
  language === "sh" && !isIgnored && notRun === undefined && runBy === undefined
);

/** Where the ports are ours alone, whoever else uses them on this machine; `undefined` if the system has no such place. */
async function placeWithOwnPorts(): Promise<string[] | undefined> {
  const place = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
  const [program, ...args] = [...place, "true"];
  const { success } = await new Deno.Command(program!, { args }).output().catch(() => ({ success: false }));
  return success ? place : undefined;
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch {
    return false;
  }
}

const place = Deno.build.os === "linux" ? await placeWithOwnPorts() : undefined;
const canRun = Deno.build.os !== "windows" && (place !== undefined || [3000, 8443, 8448].every(isFree));

for (const [page, blocks] of Map.groupBy(shellBlocks, ({ page }) => page)) {
  Deno.test({
    name: `the shell blocks of ${page} work as they are printed${
      canRun ? "" : " (no bash, or its ports are taken)"
    }`,
    ignore: !canRun,
    fn: () => runBlocks(page, blocks),
  });
}

async function runBlocks(page: string, blocks: readonly Block[]): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "shell_blocks_" });
  const [state, home, work] = ["state", "home", "work"].map((name) => `${folder}/${name}`) as [
    string,
    string,
    string,
  ];
  for (const path of [state, home, work]) await Deno.mkdir(path);
  for (const [name, text] of Object.entries(FILES[page] ?? {})) {
    await Deno.writeTextFile(`${work}/${name}`, text);
  }
  for (const { page: other, file, text } of await allBlocks()) {
    if (other === page && file !== undefined) await Deno.writeTextFile(`${work}/${file}`, text);
  }
  const variables = Object.entries({ root: ROOT, state, deno: Deno.execPath() });
  const script = [
    ...variables.map(([name, value]) => `${name}='${value}'`),
    `source '${READER}'`,
    ...blocks.map(({ line, text }) => `at=${page}:${line}\n${text}`),
  ].join("\n");
  const [program, ...args] = [...place ?? [], "bash", "-c", script];
  const { code, stderr } = await new Deno.Command(program!, {
    args,
    cwd: work,
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH")!, HOME: home, DENO_DIR: await denoFolder() },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  assert(code === 0, new TextDecoder().decode(stderr));
  await Deno.remove(folder, { recursive: true });
}

/** Where Deno keeps what it has loaded: with an empty home it would load everything anew. */
async function denoFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

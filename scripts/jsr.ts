/**
 * Whether JSR is there, and what `deno` needs to know about it: many company networks mirror npm but not JSR, and the
 * commands have to be the same on both.
 *
 * @module
 */

/** How long the registry has to answer. The result is the same without it: the stand-ins do what the originals do. */
const ANSWERS_WITHIN_MS = 3_000;

/** Where the stand-ins for `@std/...` are, for networks without JSR. */
const STAND_INS = "tests/std/import_map.json";

/** Deno takes its registry from here, too. */
const otherRegistry = Deno.env.get("JSR_URL");

/** Asks once, briefly. */
export async function jsrAnswers(): Promise<boolean> {
  const url = new URL("/@std/assert/meta.json", otherRegistry ?? "https://jsr.io");
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const about: { versions?: unknown } = await response.json();
    return about.versions !== undefined;
  } catch {
    return false;
  }
}

/** Runs `use` with the arguments that `deno test` or `deno check` needs to find `@std/...` here. */
export async function withStd<T>(use: (args: string[]) => Promise<T>): Promise<T> {
  if (!await jsrAnswers()) {
    console.log("JSR does not answer: @std/... comes from tests/std/");
    return await use([`--import-map=${STAND_INS}`]);
  }
  return otherRegistry === undefined ? await use([]) : await withOwnLock(use);
}

/**
 * Runs `use` with the arguments that let `deno` load from JSR what `tools.lock` does not hold, without writing to it. Its
 * hashes are those of the files at jsr.io; another registry (`JSR_URL`) has files of its own.
 */
export async function withOwnLock<T>(use: (args: string[]) => Promise<T>): Promise<T> {
  const lock = JSON.parse(await Deno.readTextFile("tools.lock"));
  if (otherRegistry !== undefined) {
    delete lock.jsr;
    const specifiers = Object.entries(lock.specifiers).filter(([specifier]) => !specifier.startsWith("jsr:"));
    lock.specifiers = Object.fromEntries(specifiers);
  }
  const path = await Deno.makeTempFile({ prefix: "deno_", suffix: ".lock" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(lock));
    return await use([`--lock=${path}`, "--frozen=false"]);
  } finally {
    await Deno.remove(path);
  }
}

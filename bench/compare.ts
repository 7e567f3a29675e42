/**
 * Compares this checkout with another one, of the main branch say, on the same machine: measures both in turn, some
 * times, and fails if a ratio is worse by more than a fifth. `deno task bench:compare ../main`
 *
 * @module
 */

import { inFolder } from "./programs.ts";
import { type Figure, median, readable } from "./report.ts";

const ROUNDS = 2;
const TOLERATED = 1.2;

const [base] = Deno.args;
if (base === undefined) {
  throw new Error("Which checkout is to be compared with? deno task bench:compare ../main");
}
const here = new URL("..", import.meta.url).pathname;
const [ours, theirs]: [Ratios[], Ratios[]] = [[], []];
let rows = await measured(base);
// A process may be slow for reasons of its own: what looks worse is looked at again.
if (rows.some(isWorse)) rows = await measured(base);
console.table(rows);
if (rows.some(isWorse)) {
  console.log("A ratio is worse than there by more than a fifth");
  Deno.exitCode = 1;
}

/** Measures both in turn, and compares all that was measured so far. */
async function measured(base: string): Promise<Row[]> {
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await ratiosOf(base));
    ours.push(await ratiosOf(here));
  }
  return [...ours[0]!.keys()].flatMap((what) => rowOf(what));
}

/** Figures that are ratios, by what they are of: others depend on the machine. */
type Ratios = ReadonlyMap<string, Figure>;

async function ratiosOf(checkout: string): Promise<Ratios> {
  console.log(`Measuring ${checkout}`);
  return await inFolder(async (folder) => {
    const file = `${folder}/figures.json`;
    const args = ["task", "bench", "--quick", "--json", file];
    await new Deno.Command(Deno.execPath(), { args, cwd: checkout, stdout: "null" }).spawn().status;
    const text = await Deno.readTextFile(file).catch(() => {
      throw new Error(`${checkout} has measured nothing`);
    });
    const figures = (Object.values(JSON.parse(text)) as Figure[][]).flat();
    return new Map(
      figures.filter(({ unit }) => unit === "times").map((
        figure,
      ) => [`${figure.column}: ${figure.what}`, figure]),
    );
  });
}

/** A ratio in both. */
interface Row {
  readonly what: string;
  readonly there: string;
  readonly here: string;
  readonly verdict: "WORSE" | "";
}

function isWorse({ verdict }: Row): boolean {
  return verdict === "WORSE";
}

/** What only one of them measures cannot be compared. */
function rowOf(what: string): Row[] {
  const [now, before] = [ours, theirs].map((rounds) =>
    rounds.flatMap((ratios) => ratios.get(what)?.rounds ?? [])
  );
  if (before!.length === 0) return [];
  const { atMost } = ours[0]!.get(what)!;
  const [here, there] = [median(now!), median(before!)];
  // Where there is a most, less is better.
  const worsening = atMost === undefined ? there / here : here / there;
  const verdict = worsening > TOLERATED ? "WORSE" : "";
  return [{ what, there: readable(there), here: readable(here), verdict }];
}

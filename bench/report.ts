/**
 * What the benchmarks print: a table with each figure, its budget, and whether that is kept.
 *
 * @module
 */

/** A figure, and what it may be at most or must be at least. */
export interface Figure {
  readonly what: string;
  /** What it was measured on, a runtime say, where several stand side by side. */
  readonly column?: string;
  readonly value: number;
  readonly unit: string;
  /** The same in each round, for a median of them. */
  readonly rounds?: readonly number[];
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** The middle one of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** The middle one of the ratios of rounds that follow each other: the machine is not as busy in all of them. */
export function ratioOfRounds(
  what: string,
  ours: readonly number[],
  others: readonly number[],
  more: Partial<Figure> = {},
): Figure {
  const rounds = ours.map((value, round) => value / others[round]!);
  return { what, value: median(rounds), unit: "times", rounds, ...more };
}

/**
 * Does each thing so many times a round, in turn, so that whatever else the machine does meets all of them; the medians
 * of the times of one call, in milliseconds.
 */
export async function timesOfCalls(
  calls: readonly (() => Promise<unknown>)[],
  options: { rounds: number; perRound: number },
): Promise<number[]> {
  return (await timesOfRounds(calls, options)).map(median);
}

/** As `timesOfCalls`, but the times of each round, for who compares rounds that follow each other. */
export async function timesOfRounds(
  calls: readonly (() => Promise<unknown>)[],
  { rounds, perRound }: { rounds: number; perRound: number },
): Promise<number[][]> {
  const times: number[][] = calls.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, call] of calls.entries()) {
      const start = performance.now();
      for (let i = 0; i < perRound; i++) await call();
      // The first round warms up.
      if (round >= 0) times[index]!.push((performance.now() - start) / perRound);
    }
  }
  return times;
}

/** Where `deno task bench` wants a program to leave its figures. */
export const FIGURES_FILE = "BENCH_FIGURES";

/** Prints the figures as a table; whether all budgets are kept. */
export function report(figures: readonly Figure[]): boolean {
  console.table(figures.map((figure) => ({
    what: figure.column === undefined ? figure.what : `${figure.column}: ${figure.what}`,
    measured: `${readable(figure.value)} ${figure.unit}`,
    rounds: spreadOf(figure),
    budget: budgetOf(figure),
    verdict: verdictOf(figure),
  })));
  const file = Deno.env.get(FIGURES_FILE);
  if (file) Deno.writeTextFileSync(file, JSON.stringify(figures));
  return figures.every((figure) => verdictOf(figure) !== "MISSED");
}

/** A number as people read it: three digits, or all of a large one. */
export function readable(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toPrecision(value >= 10 ? 3 : value < 0.1 ? 1 : 2);
}

/** From the smallest to the largest of the rounds. */
export function spreadOf({ rounds }: Figure): string {
  if (rounds === undefined || rounds.length < 2) return "";
  return `${readable(Math.min(...rounds))} - ${readable(Math.max(...rounds))}`;
}

/** What was allowed. */
export function budgetOf({ atMost, atLeast, unit }: Figure): string {
  if (atMost !== undefined) return `at most ${atMost} ${unit}`;
  return atLeast === undefined ? "" : `at least ${atLeast} ${unit}`;
}

/** Whether it is kept; nothing where there is no budget. */
export function verdictOf({ value, atMost, atLeast }: Figure): string {
  if (atMost === undefined && atLeast === undefined) return "";
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? 0) ? "kept" : "MISSED";
}

/**
 * How the benchmarks measure and what they print: medians of rounds, and a table with each budget and whether it is
 * kept.
 *
 * @module
 */

/** A figure, and what it may be at most or must be at least. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** The middle one of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
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
      if (round >= 0) {
        times[index]!.push((performance.now() - start) / perRound);
      }
    }
  }
  return times;
}

/** Prints the figures as a table; whether all budgets are kept. */
export function report(figures: readonly Figure[]): boolean {
  const rows = figures.map((figure) => ({
    what: figure.what,
    measured: `${readable(figure.value)} ${figure.unit}`,
    budget: budgetOf(figure),
    verdict: verdictOf(figure),
  }));
  console.table(rows);
  return rows.every(({ verdict }) => verdict !== "MISSED");
}

function readable(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function budgetOf({ atMost, atLeast, unit }: Figure): string {
  if (atMost !== undefined) return `at most ${atMost} ${unit}`;
  return atLeast === undefined ? "" : `at least ${atLeast} ${unit}`;
}

function verdictOf({ value, atMost, atLeast }: Figure): string {
  if (atMost === undefined && atLeast === undefined) return "";
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? 0) ? "kept" : "MISSED";
}

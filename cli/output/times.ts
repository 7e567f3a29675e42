/**
 * Times as a person says them.
 *
 * @module
 */

const STEPS: readonly [unit: string, milliseconds: number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

/** How long ago a time of the broker was: `3h`. */
export function age(timestamp: string | undefined, now: number = Date.now()): string | undefined {
  const time = timestamp === undefined ? NaN : Date.parse(timestamp);
  if (Number.isNaN(time)) return undefined;
  const passed = Math.max(0, now - time);
  const [unit, step] = STEPS.find(([, milliseconds]) => passed >= milliseconds) ?? STEPS.at(-1)!;
  return `${Math.floor(passed / step)}${unit}`;
}

/** The value that so many of a hundred do not exceed (nearest rank); 0 where there are none. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * rank / 100) - 1)] ?? 0;
}

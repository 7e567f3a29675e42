/**
 * Reports for people, as text.
 *
 * @module
 */

import type { CapacityHour, CapacityReport } from "./report.ts";

const MINUTE = 60_000;
const BAR = 14;

/** One report: what came of it, and a line for each hour. Lines are at most 80 characters wide. */
export function capacityTable(report: CapacityReport): string {
  const { hosts, places, requested, started, refused, failed, pending, waited, wait, busiest, hours } =
    report;
  const share = (count: number) => requested === 0 ? "" : `${(100 * count / requested).toFixed(1)}%`;
  const counts: [what: string, count: number, about: string][] = [
    ["asked for", requested, ""],
    ["started", started, ""],
    ["waited", waited, waitText(wait)],
    ["refused", refused, ""],
    ...failed > 0 ? [["failed", failed, ""] as [string, number, string]] : [],
    ...pending > 0 ? [["pending", pending, "at the end"] as [string, number, string]] : [],
  ];
  const capacity = places === null ? "places without limit" : `${places} places`;
  return lines(
    `${hosts} hosts, ${capacity}, ${durationText(report.duration)} from ${minuteOf(report.start)}`,
    "",
    ...counts.map(([what, count, about]) =>
      `${what.padEnd(9)} ${`${count}`.padStart(7)} ${share(count).padStart(7)}  ${about}`.trimEnd()
    ),
    `busiest   ${`${busiest.sessions}`.padStart(7)}          sessions at a time, at ${
      minuteOf(busiest.time)
    }`,
    ...Object.entries(report.reasons).map(([reason, count]) => `  ${count} times: ${reason}`),
    "",
    `${"hour".padEnd(16)}  asked  refused  waiting  sessions  hosts  taken`,
    ...hours.map(hourLine),
  );
}

/** Several reports, one line each: what more hosts would change. */
export function comparisonTable(reports: readonly CapacityReport[]): string {
  return lines(
    "hosts  places    asked  refused           waited   p50 wait   p95 wait  busiest",
    ...reports.map(({ hosts, places, requested, refused, waited, wait, busiest }) =>
      [
        `${hosts}`.padStart(5),
        `${places ?? "-"}`.padStart(6),
        `${requested}`.padStart(7),
        `${refused}`.padStart(7),
        `${requested === 0 ? "" : `${(100 * refused / requested).toFixed(1)}%`}`.padStart(7),
        `${waited}`.padStart(7),
        durationText(wait.p50).padStart(9),
        durationText(wait.p95).padStart(9),
        `${busiest.sessions}`.padStart(7),
      ].join("  ")
    ),
  );
}

function hourLine(
  { time, requested, refused, mostWaiting, sessions, hostsInUse, occupancy }: CapacityHour,
): string {
  const taken = occupancy === null ? "" : `${Math.round(occupancy * 100)}%`;
  const bar = "█".repeat(Math.round((occupancy ?? 0) * BAR));
  return [
    minuteOf(time),
    `${requested}`.padStart(5),
    `${refused}`.padStart(7),
    `${mostWaiting}`.padStart(7),
    sessions.mean.toFixed(1).padStart(8),
    hostsInUse.toFixed(1).padStart(5),
    `${taken.padStart(5)} ${bar}`,
  ].join("  ").trimEnd();
}

function waitText({ p50, p95, longest }: CapacityReport["wait"]): string {
  return `p50 ${durationText(p50)}, p95 ${durationText(p95)}, at most ${durationText(longest)} in the queue`;
}

/** As much of it as matters: `45 s`, `12 min`, `3.5 h`, `2 days`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.round(milliseconds / 1000)} s`;
  if (milliseconds < 120 * MINUTE) return `${Math.round(milliseconds / MINUTE)} min`;
  const hours = milliseconds / (60 * MINUTE);
  return hours <= 48 ? `${short(hours)} h` : `${short(hours / 24)} days`;
}

function short(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}

/** A time in UTC, to the minute. */
function minuteOf(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}

function lines(...texts: string[]): string {
  return `${texts.join("\n")}\n`;
}

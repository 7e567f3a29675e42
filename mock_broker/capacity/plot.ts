/**
 * A report as a picture: SVG, to look at in a browser or to put into a document.
 *
 * @module
 */

import type { CapacityReport } from "./report.ts";
import { durationText } from "./table.ts";

const WIDTH = 760;
const LEFT = 56;
const RIGHT = 16;
/** Where the two plots stand, from top to bottom: sessions on hosts, and sessions asked for. */
const UPPER = { top: 56, height: 190 } as const;
const LOWER = { top: 286, height: 90 } as const;
const HEIGHT = 436;

/** Few enough to be read. */
const MOST_MARKS = 13;

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #38595a; }
.title { font-size: 15px; font-weight: 600; fill: #0b3b3b; }
.grid { stroke: #d9e5e5; }
.axis { stroke: #5b7a7a; }
.sessions { fill: #8fcfcb; }
.most { fill: none; stroke: #0f6e6e; stroke-width: 1.5; }
.places { stroke: #a23b2a; stroke-width: 1.5; stroke-dasharray: 6 4; }
.asked { fill: #8fcfcb; }
.refused { fill: #c8553d; }`;

/** Sessions by the hour against the places that there are, and how many were asked for and refused. */
export function capacityPlot(report: CapacityReport): string {
  const { hosts, places, requested, refused, wait } = report;
  const title = `${hosts} hosts: ${refused} of ${requested} sessions refused, ` +
    `95 of 100 others waited ${durationText(wait.p95)} at most`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${title}">
<style>${STYLE}
</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text class="title" x="${LEFT}" y="24">${title}</text>
${sessionsPlot(report, places)}
${requestsPlot(report)}
${hoursAxis(report)}
</svg>
`;
}

function sessionsPlot({ hours, busiest }: CapacityReport, places: number | null): string {
  const scale = verticalScale(Math.max(busiest.sessions, places ?? 0), UPPER);
  const bars = hours.map(({ sessions: { mean } }, index) =>
    bar("sessions", index, hours.length, scale, 0, mean)
  );
  const steps = hours.map(({ sessions: { most } }, index) =>
    `${index === 0 ? "M" : "L"}${at(index, hours.length)} ${scale.y(most)}H${at(index + 1, hours.length)}`
  );
  const limit = places === null
    ? ""
    : `<line class="places" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${scale.y(places)}" y2="${
      scale.y(places)
    }"/>`;
  return [
    scale.axis,
    ...bars,
    `<path class="most" d="${steps.join("")}"/>`,
    limit,
    legend(44, [
      ["sessions", "sessions on hosts, mean"],
      ["most", "at most"],
      ...places === null ? [] : [["places", `places: ${places}`] as const],
    ]),
  ].join("\n");
}

function requestsPlot({ hours }: CapacityReport): string {
  const most = Math.max(...hours.map(({ requested, refused }) => Math.max(requested, refused)));
  const scale = verticalScale(most, LOWER);
  const bars = hours.flatMap(({ requested, refused }, index) => [
    bar("asked", index, hours.length, scale, 0, requested),
    ...refused > 0 ? [bar("refused", index, hours.length, scale, 0, refused)] : [],
  ]);
  return [
    scale.axis,
    ...bars,
    legend(LOWER.top - 12, [["asked", "asked for in the hour"], ["refused", "refused"]]),
  ]
    .join("\n");
}

interface Scale {
  y(value: number): number;
  readonly axis: string;
}

/** A scale from 0 up, with a grid at round numbers. */
function verticalScale(
  most: number,
  { top, height }: { readonly top: number; readonly height: number },
): Scale {
  const step = roundStep(most / (height > 100 ? 5 : 2));
  const last = Math.max(step, Math.ceil(most / step) * step);
  const y = (value: number) => rounded(top + height * (1 - value / last));
  const marks = Array.from({ length: Math.round(last / step) + 1 }, (_, index) => index * step);
  const axis = marks.map((mark) =>
    `<line class="${mark === 0 ? "axis" : "grid"}" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(mark)}" y2="${
      y(mark)
    }"/>` + `<text x="${LEFT - 8}" y="${y(mark) + 4}" text-anchor="end">${mark.toLocaleString("en")}</text>`
  ).join("\n");
  return { y, axis };
}

/** 1, 2 or 5 times a power of ten, and no less than this; sessions are counted in whole ones. */
function roundStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least)!;
}

function bar(kind: string, index: number, count: number, { y }: Scale, from: number, to: number): string {
  const gap = Math.min(1, (WIDTH - LEFT - RIGHT) / count / 8);
  const x = at(index, count) + gap;
  const width = rounded(at(index + 1, count) - gap - x);
  return `<rect class="${kind}" x="${rounded(x)}" y="${y(to)}" width="${width}" height="${
    rounded(y(from) - y(to))
  }"/>`;
}

function hoursAxis({ hours }: CapacityReport): string {
  const step = [1, 2, 3, 6, 12, 24].find((step) => hours.length / step < MOST_MARKS) ??
    24 * Math.ceil(hours.length / 24 / MOST_MARKS);
  const y = LOWER.top + LOWER.height + 18;
  return hours.map(({ time }, index) =>
    index % step > 0
      ? ""
      : `<text x="${at(index, hours.length)}" y="${y}">${
        step < 24 ? time.slice(11, 16) : time.slice(5, 10)
      }</text>`
  ).filter((mark) => mark !== "").concat(
    `<text x="${WIDTH - RIGHT}" y="${y + 22}" text-anchor="end">hours from ${
      hours[0]!.time.slice(0, 10)
    }, UTC</text>`,
  ).join("\n");
}

function legend(y: number, entries: readonly (readonly [kind: string, text: string])[]): string {
  let x = LEFT;
  return entries.map(([kind, text]) => {
    const [left, right] = [rounded(x), rounded(x + 18)];
    const mark = kind === "most" || kind === "places"
      ? `<line class="${kind}" x1="${left}" x2="${right}" y1="${y - 4}" y2="${y - 4}"/>`
      : `<rect class="${kind}" x="${left}" y="${y - 10}" width="18" height="11"/>`;
    const label = `<text x="${rounded(x + 24)}" y="${y}">${text}</text>`;
    x += 48 + 6.2 * text.length;
    return mark + label;
  }).join("\n");
}

/** Where an hour begins, from left to right. */
function at(index: number, count: number): number {
  return rounded(LEFT + (WIDTH - LEFT - RIGHT) * index / count);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * Plots of growth as SVG: sizes from left to right and costs from bottom to top, both on logarithmic scales, so that
 * what stays the same is a level line.
 *
 * @module
 */

import type { Growth } from "./mock_broker_growth_measured.ts";

const [WIDTH, HEIGHT] = [760, 300];
const AREA = { left: 64, right: 470, top: 36, bottom: 252 };

/** Colours that people can tell apart who cannot tell all colours apart. */
const COLOURS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#e69f00",
  "#000000",
  "#7f7f7f",
  "#882255",
];

/** A plot of the curves. */
export function plot({ of, sizes, curves }: Growth): string {
  const costs = curves.flatMap((curve) => curve.costs);
  const [low, high] = [
    10 ** Math.floor(Math.log10(Math.min(...costs))),
    10 ** Math.ceil(Math.log10(Math.max(...costs))),
  ];
  const x = (i: number) => AREA.left + (AREA.right - AREA.left) * i / (sizes.length - 1);
  const y = (cost: number) =>
    AREA.bottom - (AREA.bottom - AREA.top) * Math.log10(cost / low) / Math.log10(high / low);
  const grid: string[] = [];
  for (let cost = low; cost <= high; cost *= 10) {
    grid.push(`<path d="M${AREA.left} ${y(cost).toFixed(1)}H${AREA.right}" stroke="#ddd"/>`);
    grid.push(text(AREA.left - 8, y(cost) + 4, `${cost.toLocaleString("en")} µs`, "end"));
  }
  const ticks = sizes.map((size, i) => text(x(i), AREA.bottom + 18, size.toLocaleString("en"), "middle"));
  const lines = curves.map(({ what, costs }, i) => {
    const points = costs.map((cost, at) => `${x(at).toFixed(1)},${y(cost).toFixed(1)}`);
    const colour = COLOURS[i % COLOURS.length];
    const legend = AREA.top + 8 + i * 20;
    return [
      `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map((point) => `<circle cx="${point.replace(",", `" cy="`)}" r="3" fill="${colour}"/>`),
      `<path d="M${AREA.right + 16} ${legend}h20" stroke="${colour}" stroke-width="2"/>`,
      text(AREA.right + 42, legend + 4, what, "start"),
    ].join("\n");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(AREA.left, 18, "What a call costs, in process", "start"),
    ...grid,
    ...ticks,
    text((AREA.left + AREA.right) / 2, AREA.bottom + 38, of, "middle"),
    ...lines,
    "</svg>",
    "",
  ].join("\n");
}

function text(x: number, y: number, content: string, anchor: "start" | "middle" | "end"): string {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x.toFixed(1)}" y="${
    y.toFixed(1)
  }" text-anchor="${anchor}" fill="#333">${escaped}</text>`;
}

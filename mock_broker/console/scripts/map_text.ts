/**
 * The text of `runMap()`, written by `deno task web-scripts`.
 *
 * @module
 */

// deno-fmt-ignore
export const RUN_MAP: string = "function runMap() {\n  document.addEventListener(\"keydown\", (event) => {\n    const map = event.target instanceof Element && event.target.closest(\"svg.map\");\n    if (!(map instanceof SVGElement)) return;\n    const squares = [...map.querySelectorAll(\"a\")];\n    const columns = Number(map.dataset.columns);\n    /** @type {Record<string, number>} */\n    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };\n    const step = steps[event.key];\n    const from = squares.findIndex((square) => square === event.target);\n    const to = event.key === \"Home\" ? 0 : event.key === \"End\" ? squares.length - 1 : from + (step ?? NaN);\n    const square = squares[to];\n    if (!square) return;\n    event.preventDefault();\n    square.focus();\n  });\n}";

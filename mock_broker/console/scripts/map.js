/**
 * What lets the arrow keys go from square to square on a map of hosts.
 *
 * @module
 */

/** Runs in the browser; nothing outside its own body is there. */
export function runMap() {
  document.addEventListener("keydown", (event) => {
    const map = event.target instanceof Element && event.target.closest("svg.map");
    if (!(map instanceof SVGElement)) return;
    const squares = [...map.querySelectorAll("a")];
    const columns = Number(map.dataset.columns);
    /** @type {Record<string, number>} */
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const step = steps[event.key];
    const from = squares.findIndex((square) => square === event.target);
    const to = event.key === "Home" ? 0 : event.key === "End" ? squares.length - 1 : from + (step ?? NaN);
    const square = squares[to];
    if (!square) return;
    event.preventDefault();
    square.focus();
  });
}

/**
 * States, capacity, screens and time lines.
 *
 * @module
 */

/** As CSS. */
export const STATE = `
.good { --tone: var(--good); }
.busy { --tone: var(--busy); }
.idle { --tone: var(--idle); }
.warn { --tone: var(--warn); }
.bad { --tone: var(--bad); }
.state { display: inline-flex; align-items: center; gap: .35em; color: var(--tone); font-size: .87rem; font-weight: 600; white-space: nowrap; }
.state svg { width: .8em; height: .8em; fill: currentColor; flex: none; }
rect, path { fill: var(--tone, currentColor); }
rect.track, .track { fill: var(--track); }

.proportions { display: block; width: 100%; height: .8rem; border-radius: 4px; background: var(--track); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; padding: 0; margin-top: .7rem; }
.legend a { text-decoration: none; color: inherit; }
.legend a:hover { text-decoration: underline; }
.summary { margin: .9rem 0; color: var(--soft); }

.capacity { display: inline-flex; align-items: center; gap: .5rem; white-space: nowrap; font-size: .87rem; }
.capacity svg { width: 3.4rem; height: .55rem; flex: none; }
.tiles, .screens { list-style: none; padding: 0; display: grid; gap: .8rem; }
.tiles { grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)); }
.tile {
  display: grid; grid-template-columns: 1fr auto; gap: .2rem .6rem; padding: .7rem .8rem; background: var(--surface);
  border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px;
}
.tile a { font-weight: 600; overflow-wrap: anywhere; }
.tile .state { grid-column: 1 / -1; }
.tile .capacity { grid-column: 1 / -1; }
.map { display: block; width: 100%; }
.map .track { stroke: var(--tone); stroke-width: .25; }

.screens { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
.screens li { display: flex; flex-direction: column; min-width: 0; align-items: start; }
.screens a { display: flex; flex-direction: column; gap: .25rem; font-weight: 500; max-width: 100%; min-width: 0; }
.screens .note { max-width: 100%; }
.screen { background: var(--track); border: 1px solid var(--line); border-radius: 5px; max-width: 100%; height: auto; flex: none; }
.with-screen { display: flex; align-items: center; gap: .6rem; }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .8rem 1.2rem; }
.chart { margin: 0; min-width: 0; }
.chart figcaption { display: flex; justify-content: space-between; gap: .6rem; color: var(--soft); font-size: .87rem; }
.chart b { color: var(--ink); font-variant-numeric: tabular-nums; }
.chart svg { display: block; width: 100%; height: 5rem; margin-top: .3rem; }
.ahead-card { min-height: 16.5rem; }
.ahead { display: block; width: 100%; height: 48px; overflow: visible; }
.ahead line { stroke: var(--line); stroke-width: 2; }
.ahead text { fill: var(--soft); font-size: .75rem; }
.ahead .now { fill: var(--accent); }
.ahead circle { fill: var(--tone); stroke: var(--surface); stroke-width: 2; }
.upcoming { margin-top: .4rem; font-size: .93rem; }
.upcoming li { display: flex; gap: .7rem; padding: .12rem 0; }
.upcoming time { flex: 0 0 5rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.upcoming span { min-width: 0; overflow-wrap: anywhere; }

.timeline { list-style: none; padding: 0; margin: 1rem 0 0; }
.timeline li {
  position: relative; display: flex; flex-wrap: wrap; gap: .1rem .6rem; padding: 0 0 .9rem 1.2rem; margin-left: .3rem;
  border-left: 2px solid var(--line);
}
.timeline li::before {
  content: ""; position: absolute; left: -.45rem; top: .35rem; width: .75rem; height: .75rem; border-radius: 50%;
  background: var(--tone); border: 2px solid var(--surface);
}
.timeline li:last-child { border-left-color: transparent; }
.timeline li > span:nth-of-type(n + 2) { flex-basis: 100%; }

.failure:not(.toast) { padding: .5rem .8rem; border-radius: 6px; background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--bad); }
`;

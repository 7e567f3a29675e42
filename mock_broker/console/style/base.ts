/**
 * Colours, text, and the bare elements.
 *
 * @module
 */

/** As CSS. */
export const BASE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #12151b);
  --surface: light-dark(#ffffff, #1b2028);
  --line: light-dark(#d5dae1, #343c49);
  --ink: light-dark(#1a2130, #e8ecf2);
  --soft: light-dark(#545e6f, #a6b0bf);
  --accent: light-dark(#1f57b8, #8db8ff);
  --track: light-dark(#e6e9ee, #2b323d);
  --good: light-dark(#1d7a46, #57c98a);
  --busy: light-dark(#2c5fc0, #7eb0ff);
  --idle: light-dark(#5e6877, #9aa5b5);
  --warn: light-dark(#9a5b00, #f0b04e);
  --bad: light-dark(#bd2b2b, #ff8f86);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
  color: var(--ink);
  background: var(--page);
}
* { box-sizing: border-box; }
body { margin: 0; }
main { max-width: 82rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; outline: none; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .4rem 0 .8rem; overflow-wrap: anywhere; }
h1:focus { outline: none; }
h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
h3 { font-size: .95rem; margin: .2rem 0 .6rem; }
main > section, main > .cards { margin-top: 1.5rem; }
p { margin: .4rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
code, pre, .id { font-family: var(--mono); font-size: .87em; }
.id { overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: .5rem; top: .5rem; z-index: 3; padding: .4rem .8rem; background: var(--surface); }
.note { color: var(--soft); font-size: .9rem; }

table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: middle; padding: .45rem .8rem .45rem 0; }
th:first-child, td:first-child { padding-left: .8rem; }
tr + tr, tbody { border-top: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .82rem; font-weight: 600; white-space: nowrap; }
thead a { color: inherit; text-decoration: none; }
thead a:hover { text-decoration: underline; }
thead a::after { content: ""; display: inline-block; width: 1em; text-align: center; }
[aria-sort="ascending"] a::after { content: "▴" / ""; }
[aria-sort="descending"] a::after { content: "▾" / ""; }
tbody th { font-weight: 500; }
td .note, tbody th .note { display: block; max-width: 26rem; }
h2 .note { display: block; font-weight: 400; }

button, .button, input, select, textarea {
  font: inherit; color: inherit; background: var(--surface);
  border: 1px solid light-dark(#8892a2, #66707f); border-radius: 6px; padding: .3rem .6rem; min-height: 2.1rem;
}
button, .button { cursor: pointer; font-weight: 500; white-space: nowrap; }
.button { display: inline-block; text-decoration: none; }
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); }
.danger { border-color: var(--bad); color: var(--bad); }
html:not(.scripted) .copy { display: none; }
button[aria-pressed="true"] { background: var(--accent); color: var(--surface); }
input[type="checkbox"] { min-height: 0; width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
input[type="file"] { padding-block: .15rem; }
textarea { font-family: var(--mono); font-size: .87em; min-width: min(18rem, 100%); }
summary { cursor: pointer; color: var(--accent); padding: .25rem 0; }
[hidden] { display: none !important; }

dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin: .8rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.facts dd { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; }
.facts form { margin: 0; }
pre { margin: 0; max-height: 34rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: 0; }
`;

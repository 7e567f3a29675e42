/**
 * What the pages of the desktop connector look like, in light and dark, and their icon.
 *
 * @module
 */

/** The style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#eef1f6, #0d1016);
  --surface: light-dark(#ffffff, #171b23);
  --line: light-dark(#d3dae5, #2c3442);
  --ink: light-dark(#161d2b, #e9edf4);
  --soft: light-dark(#525d70, #a3aec0);
  --accent: light-dark(#1f57b8, #8db8ff);
  --good: light-dark(#176b3c, #5fd094);
  --warn-page: light-dark(#fff3d6, #33280f);
  --warn: light-dark(#7a4800, #f3bd63);
  --bad: light-dark(#b32424, #ff938a);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
  color: var(--ink);
  background: var(--page);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: radial-gradient(80rem 40rem at 50% -20rem, light-dark(#dbe6fb, #1b2740), transparent) no-repeat;
}
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h1:focus { outline: none; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
h3 { font-size: .8rem; margin: .8rem 0 .3rem; color: var(--soft); font-weight: 600; }
p { margin: .35rem 0; }
code, [data-testid="session-id"] { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .87em; }
.fine { color: var(--soft); font-size: .9rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
button {
  font: inherit; font-weight: 600; padding: .5rem 1.1rem; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--line); background: var(--surface); color: var(--ink);
}
button:hover { border-color: var(--accent); }
button.end { color: var(--bad); }
button.end:hover { border-color: var(--bad); }
footer { margin-top: auto; padding: 1rem 1.5rem; text-align: center; font-size: .85rem; color: var(--soft); }

.desktop { width: 100%; max-width: 96rem; margin: 0 auto; padding: 1.2rem 1.5rem; }
.desktop header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-bottom: 1rem; }
.desktop header div { flex: 1; min-width: 12rem; }
.badge {
  padding: .2rem .8rem; border-radius: 99px; font-size: .85rem; font-weight: 600; color: var(--accent);
  background: light-dark(#e0eafc, #1b2a46);
}
button.again { margin-top: .8rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 1.2rem; align-items: start; }
figure { margin: 0; }
.screen {
  padding: 9px; border-radius: 14px; background: light-dark(#1d2330, #05070a);
  box-shadow: 0 1.2rem 2.5rem -1rem light-dark(#1d305599, #000), 0 0 0 1px light-dark(transparent, #262d3a);
}
.screen img { display: block; width: 100%; height: auto; border-radius: 6px; background: #0a0c11; }
figcaption { text-align: center; font-size: 1.05rem; font-weight: 600; padding-top: 1rem; }
.desktop section {
  background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: .9rem 1.1rem;
}
aside { display: grid; gap: .9rem; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .25rem .9rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; }
.people { display: flex; flex-wrap: wrap; gap: .4rem; }
.people li { padding: .1rem .7rem; border: 1px solid var(--line); border-radius: 99px; overflow-wrap: anywhere; }
#features { grid-column: 1 / -1; }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: .2rem 2rem; }
.groups h3 { margin-top: .2rem; }
.features { columns: 2; column-gap: .8rem; font-size: .9rem; }
.features li { display: flex; gap: .4rem; align-items: center; position: relative; padding: .1rem 0; break-inside: avoid; }
.features path { fill: none; stroke: currentColor; stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; }
.features .allowed svg { color: var(--good); }
.features .denied { color: var(--soft); }
.features .denied svg { color: var(--bad); }
#notices p {
  background: var(--warn-page); color: var(--warn); border-radius: 10px; padding: .55rem 1rem; margin: 0 0 .8rem; font-weight: 600;
}

.notice {
  max-width: 36rem; width: calc(100% - 2rem); margin: auto; padding: 2.2rem 2rem; text-align: center;
  background: var(--surface); border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 1.2rem 2.5rem -1.5rem light-dark(#1d305588, #000);
}
.notice h1 { margin: .6rem 0; }
.notice [data-testid="reason"] { font-weight: 600; overflow-wrap: anywhere; }
.notice .fine { margin-top: 1.2rem; }
.sign circle { fill: light-dark(#fdeaea, #3a1c1c); }
.sign path { fill: none; stroke: var(--bad); stroke-width: 4; stroke-linecap: round; }
.sign.end circle { fill: light-dark(#e6edfa, #1d2a44); }
.sign.end path { stroke: var(--accent); }

@media (max-width: 62rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
}
`;

/** A screen on its stand, as SVG. */
export const ICON =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#7a3fb0" d="M1 2h14v9H9v2h3v1H4v-1h3v-2H1z"/></svg>`;

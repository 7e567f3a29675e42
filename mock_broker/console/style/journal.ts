/**
 * The journal: its filter, requests beside their answers, JSON, and differences.
 *
 * @module
 */

/** As CSS. */
export const JOURNAL = `
.filter { margin-bottom: .4rem; }
.filter input:not([type="checkbox"]), .filter select { height: 2.2rem; }
.filter .box { align-self: end; }
.waiting { min-height: 1.35rem; margin: 0; text-align: right; }
.choice .tick { width: 1%; }
.still { white-space: nowrap; }
.client { display: block; max-width: 10rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.about { font-weight: 400; font-size: .82rem; display: block; overflow-wrap: anywhere; }

.operation-name { overflow-wrap: break-word; }
.summary-facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin-bottom: 1rem; }
.summary-facts dt { font-size: .82rem; }
.named { margin-bottom: 1rem; }
.named li { display: flex; flex-wrap: wrap; gap: 0 .8rem; }
.sides {
  display: grid; grid: "request answer" auto "tools answer" 1fr / minmax(0, 1fr) minmax(0, 1fr); gap: 1rem;
  margin-top: 1.2rem; align-items: start;
}
#request { grid-area: request; }
#answer { grid-area: answer; }
.tools { grid-area: tools; }
.line-of-code { overflow-wrap: anywhere; }
.pairs { font-size: .87rem; margin: .2rem 0 .8rem; }
.tools section + section { margin-top: 1.2rem; }
.compare { margin: 0; }
.compare .field input:not([type="checkbox"]) { width: 7rem; }
.compare > button { width: auto; }
.compare .field { width: auto; }
.copied { margin: .4rem 0; }
.copied pre { padding: .7rem .8rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.card:target { outline: 2px solid var(--accent); outline-offset: 2px; }

.json { font-family: var(--mono); font-size: .84rem; line-height: 1.5; overflow-wrap: anywhere; margin: .6rem 0; }
.whole { max-height: 80vh; overflow: auto; }
.json .line { unicode-bidi: isolate; padding-left: 1.1em; text-indent: -1.1em; }
.json details.line { text-indent: 0; padding-left: 0; }
.json summary { color: inherit; padding: 0; list-style: none; padding-left: 1.1em; text-indent: -1.1em; }
.json summary::-webkit-details-marker { display: none; }
.json summary::before { content: "\\25be"; display: inline-block; width: 1.1em; text-indent: 0; color: var(--soft); }
.json details:not([open]) > summary::before { content: "\\25b8"; }
.json details[open] > summary > .folded { display: none; }
.json .folded { color: var(--soft); padding-left: .5em; }
.json .inner { padding-left: 1.1em; margin-left: .3em; border-left: 1px solid var(--line); }
.json .key { color: light-dark(#6b3d9a, #c9a4f2); }
.json .text { color: light-dark(#1d6b3c, #7fd6a3); white-space: pre-wrap; }
.json .literal { color: light-dark(#9a4b00, #f0b06a); }
.json .cut, .cut { color: var(--soft); font-style: italic; }

.advice { margin-top: 1rem; border-left: 4px solid var(--warn); }
.advice dl { grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); }
.entries { display: flex; flex-wrap: wrap; gap: .2rem .8rem; list-style: none; padding: 0; }

.difference { margin-top: .6rem; }
.difference pre { max-height: none; padding: .4rem 0; }
.difference pre > * { display: block; padding: 0 .8rem 0 calc(.8rem + 4ch); text-indent: -4ch; text-decoration: none; white-space: pre-wrap; }
.difference .note { margin: 0; padding: .2rem .8rem; background: var(--page); }
.difference ins { background: light-dark(#dff3e6, #173523); }
.difference del { background: light-dark(#fbe3e1, #44201d); }

@media (max-width: 46rem) {
  h1 { font-size: 1.25rem; }
  .choice .state { white-space: normal; }
  .choice th[scope="row"], .choice thead th:nth-child(2) { padding-left: .8rem; }
  .advice dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .advice dd { margin-bottom: .6rem; }
}
@media (max-width: 60rem) {
  .sides { grid: "request" auto "answer" auto "tools" auto / minmax(0, 1fr); }
}
`;

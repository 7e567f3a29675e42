/**
 * The header, and how things stand beside each other.
 *
 * @module
 */

/** As CSS. */
export const LAYOUT = `
header { position: sticky; top: 0; z-index: 2; background: var(--surface); border-bottom: 1px solid var(--line); }
.band {
  max-width: 82rem; margin: 0 auto; padding: .45rem 1.25rem;
  display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem;
}
.brand { font-weight: 700; color: inherit; text-decoration: none; }
header nav ul { display: flex; flex-wrap: wrap; gap: .1rem .2rem; padding: 0; list-style: none; }
header nav a { display: block; padding: .3rem .65rem; border-radius: 6px; color: inherit; text-decoration: none; }
header nav a:hover { background: var(--track); }
header nav a[aria-current] { background: var(--track); font-weight: 600; box-shadow: inset 0 -2px var(--accent); }
.count { margin-left: .4rem; color: var(--soft); font-size: .82rem; font-variant-numeric: tabular-nums; }
.clock { padding-top: 0; gap: .4rem .6rem; }
.clock p { margin: 0; }
#clock { font-family: var(--mono); font-size: .95rem; font-weight: 600; }
.zone { margin-left: .5rem; color: var(--soft); font-size: .85rem; }
.run button { min-width: 4.6rem; }
.head { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: start; justify-content: space-between; }
.steps { display: flex; gap: .25rem; }
.clock button { min-height: 1.85rem; padding: .1rem .55rem; font-size: .9rem; }
.clock details[open] { flex-basis: 100%; }
.clock input { min-height: 1.85rem; padding-block: .1rem; }
.drawer { display: flex; flex-wrap: wrap; gap: .6rem 1.5rem; align-items: end; padding: .3rem 0 .5rem; }
.live { margin-left: auto; display: flex; gap: .6rem; align-items: center; color: var(--soft); font-size: .85rem; }

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem; }
.cards.pair { grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); }
.clip { display: block; overflow: hidden; max-width: 100%; text-overflow: ellipsis; white-space: nowrap; }
td .clip, th .clip { max-width: 18rem; }
.card, .scroll, .empty { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.card { padding: 1rem; min-width: 0; }
.row { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem .8rem; margin: .6rem 0; }
.field { display: flex; flex-direction: column; gap: .15rem; min-width: 0; }
.field label { font-size: .85rem; color: var(--soft); }
.field.box { flex-direction: row; align-items: center; gap: .5rem; min-height: 2.1rem; }
.field input:not([type="checkbox"]), .field select { max-width: 100%; width: 13rem; }
.field input[type="file"]:not([type="checkbox"]) { width: 24rem; }
.scroll { overflow-x: auto; position: relative; }
.empty { padding: 1rem 1.2rem; border-style: dashed; }
.plain { list-style: none; padding: 0; }
.scroll + form { margin-top: .6rem; }
.pages { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1.2rem; margin: .8rem 0; }
.presets { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: .8rem; }
.presets .note { display: block; margin-top: .2rem; }
.kinds { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; padding: 0; margin-bottom: .8rem; }
.kinds a {
  display: block; padding: .25rem .7rem; border: 1px solid var(--line); border-radius: 99px;
  text-decoration: none; background: var(--surface);
}
.kinds a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--surface); }

@media (max-width: 46rem) {
  header { position: static; }
  .band { padding-inline: .75rem; }
  main { padding-inline: .75rem; }
  .minor { display: none; }
  th, td { padding-right: .5rem; overflow-wrap: anywhere; }
  td .clip, th .clip { max-width: 24vw; }
  td .state { white-space: normal; overflow-wrap: normal; }
  td .capacity svg { width: 2rem; }
  .live { margin-left: 0; }
  .field, .field input:not([type="checkbox"]), .field select, textarea { width: 100%; }
  .field input[type="checkbox"] { width: 1.1rem; }
  .row > button { width: 100%; }
}
@media (prefers-reduced-motion: no-preference) {
  .tile, .track, rect { transition: border-color .3s, fill .3s; }
  .ahead circle { transition: cx .4s ease-out; }
}
`;

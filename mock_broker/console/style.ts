/**
 * What the page looks like, in light and dark, and its icon.
 *
 * @module
 */

import { BASE } from "./style/base.ts";
import { FEEDBACK } from "./style/feedback.ts";
import { JOURNAL } from "./style/journal.ts";
import { LAYOUT } from "./style/layout.ts";
import { STATE } from "./style/state.ts";

/** The page's style sheet. */
export const STYLE = BASE + LAYOUT + STATE + FEEDBACK + JOURNAL;

/** A screen on its stand, as SVG. */
export const ICON =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#2c5fc0" d="M1 2h14v9H9v2h3v1H4v-1h3v-2H1z"/></svg>`;

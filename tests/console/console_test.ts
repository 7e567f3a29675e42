/**
 * The tests of the page that need a browser: all in one process, which shares one browser.
 *
 * @module
 */

import "./accessibility.ts";
import "./faults.ts";
import "./feedback.ts";
import "./journal.ts";
import "./lists.ts";
import "./live.ts";
import "./programs.ts";
import "./ready_fleets.ts";
import "./views.ts";
import "./world.ts";

/**
 * The tests of the desktop that need a browser: all in one process, which shares one browser.
 *
 * @module
 */

import "./gateway.ts";
import "./killed_browser.ts";
import "./page.ts";
import "./portal.ts";
import "./web_client_sdk.ts";

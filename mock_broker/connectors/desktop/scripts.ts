/**
 * The scripts that browsers get, put together from the functions that hold them.
 *
 * @module
 */

import { runDesktop } from "./browser.js";
import { openConnection } from "./open_connection.js";
import { createWebClientSdk } from "./web_client_sdk.js";

/** What runs in the desktop's page. */
export const PAGE_SCRIPT = `(${runDesktop})(${openConnection});`;

const SDK = `(${createWebClientSdk})(${openConnection})`;

/** `/dcv/dcv.js`, to import: as the default, by name, or for the global \`dcv\`. */
export const SDK_MODULE = `/* Stand-in of the mock broker for tests. Not the Amazon DCV Web Client SDK. */
const dcv = ${SDK};
globalThis.dcv = dcv;
export default dcv;
export const { authenticate, connect, LogLevel, setLogHandler, setLogLevel, version } = dcv;
`;

/** `/dcv/dcv.umd.js`, for a script element that is no module: the global \`dcv\`. */
export const SDK_SCRIPT = `/* Stand-in of the mock broker for tests. Not the Amazon DCV Web Client SDK. */
globalThis.dcv = ${SDK};
`;

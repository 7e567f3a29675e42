/**
 * The scripts that browsers get, put together from the functions that make them up.
 *
 * @module
 */

import { RUN_DESKTOP } from "./browser_text.ts";
import { OPEN_CONNECTION } from "./open_connection_text.ts";
import { CREATE_WEB_CLIENT_SDK } from "./web_client_sdk_text.ts";

/** What runs in the desktop's page. */
export const PAGE_SCRIPT = `(${RUN_DESKTOP})(${OPEN_CONNECTION});`;

const SDK = `(${CREATE_WEB_CLIENT_SDK})(${OPEN_CONNECTION})`;

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

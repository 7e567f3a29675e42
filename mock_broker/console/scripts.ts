/**
 * The scripts of the page, as one.
 *
 * @module
 */

import { RUN_CLOCK } from "./scripts/clock_text.ts";
import { RUN_FEEDBACK } from "./scripts/feedback_text.ts";
import { RUN_FILES } from "./scripts/files_text.ts";
import { RUN_LIVE } from "./scripts/live_text.ts";
import { RUN_MAP } from "./scripts/map_text.ts";
import { MORPH } from "./scripts/morph_text.ts";
import { RUN_WAITING } from "./scripts/waiting_text.ts";

/** `script.js`, as it is served. */
export const SCRIPT: string = `(${RUN_FEEDBACK})();
(${RUN_CLOCK})();
(${RUN_FILES})();
(${RUN_MAP})();
(${RUN_WAITING})();
(${RUN_LIVE})(${MORPH});
`;

/**
 * Publishes the packages to JSR; versions that are there already are left alone. Arguments are passed on to `deno publish`.
 *
 * @module
 */

import { PACKAGES } from "./npm/packages.ts";
import { DENO, run } from "./run.ts";

for (const { source } of PACKAGES) await run(DENO, ["publish", ...Deno.args], source);

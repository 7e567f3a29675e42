/**
 * Writes the fault matrix into docs/errors_and_retries.md, by the rules in tests/fault_matrix/cells.ts.
 *
 * @module
 */

import { withMatrix } from "../tests/fault_matrix/table.ts";

const GUIDE = "docs/errors_and_retries.md";

await Deno.writeTextFile(GUIDE, withMatrix(await Deno.readTextFile(GUIDE)));

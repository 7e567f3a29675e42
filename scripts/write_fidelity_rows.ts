/**
 * Writes the rows of docs/fidelity.md as a module, for `dcvkit contract`, which is shipped without the page.
 *
 * @module
 */

import { parseFidelityPage } from "./fidelity_page.ts";
import { DENO, run } from "./run.ts";

const TARGET = "cli/contract/fidelity_rows.ts";

const rows = parseFidelityPage(await Deno.readTextFile("docs/fidelity.md"));
const text = `/**
 * The rows of docs/fidelity.md, written by \`deno task fidelity\`.
 *
 * @module
 */

import type { FidelityRow } from "./fidelity_row.ts";

/** Every row that says what the mock broker does. */
export const FIDELITY_ROWS: readonly FidelityRow[] = ${JSON.stringify(rows, null, 2)};
`;
await Deno.writeTextFile(TARGET, text);
await run(DENO, ["fmt", "--quiet", TARGET]);

/**
 * Runs every test, or those that the arguments name: `deno task test`, `deno task test tests/client --filter token`.
 *
 * @module
 */

import { runDeno } from "./deno_command.ts";
import { withStd } from "./std_import_map.ts";

const code = await withStd((importMapArgs) =>
  runDeno(["test", "-A", "--parallel", ...importMapArgs, ...Deno.args])
);
Deno.exit(code);

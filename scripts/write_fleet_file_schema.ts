/**
 * Writes what is made of the schema that checks fleet files: their JSON Schema, and the tables of the guide.
 *
 * @module
 */

import { fleetFileJsonSchema } from "../mock_broker/description/fleet_file/json_schema.ts";
import { withOptionTables } from "./option_tables.ts";
import { DENO, exitCode } from "./run.ts";

const target = new URL("../mock_broker/description/fleet_file.schema.json", import.meta.url);
await Deno.writeTextFile(target, fleetFileJsonSchema());

const guide = "docs/fleet_file.md";
await Deno.writeTextFile(guide, withOptionTables(await Deno.readTextFile(guide)));
Deno.exitCode = await exitCode(DENO, ["fmt", "--quiet", guide]);

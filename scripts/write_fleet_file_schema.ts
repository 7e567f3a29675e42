/**
 * Writes the JSON Schema of fleet files from the schema that checks them.
 *
 * @module
 */

import { fleetFileJsonSchema } from "../mock_broker/description/fleet_file/json_schema.ts";

const target = new URL("../mock_broker/description/fleet_file.schema.json", import.meta.url);
await Deno.writeTextFile(target, fleetFileJsonSchema());

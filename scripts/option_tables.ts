/**
 * Tables of options for the guides, from the schema that checks the options.
 *
 * A guide has a comment before each table, `<!-- options of servers[] -->`, and one after it, `<!-- end -->`.
 *
 * @module
 */

import { fleetFileJsonSchema } from "../mock_broker/description/fleet_file/json_schema.ts";

/** The parts of a JSON Schema that are read here. */
interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

const TABLE = /(<!-- options of (\S*) -->\n).*?(<!-- end -->)/gs;

/** The guide with its tables written anew. */
export function withOptionTables(guide: string): string {
  const root: Schema = JSON.parse(fleetFileJsonSchema());
  return guide.replace(TABLE, (_, begin, path, end) => `${begin}\n${table(schemaAt(root, path))}\n\n${end}`);
}

/** The schema of what is at a path such as `servers[]`; `.` is the whole. */
function schemaAt(root: Schema, path: string): Schema {
  const name = /^(\w+)\[\]$/.exec(path)?.[1];
  const found = name === undefined ? root : root.properties?.[name]?.items;
  if (!found || (name === undefined && path !== ".")) throw new Error(`The schema has nothing at ${path}`);
  return found;
}

function table({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).filter(([name]) => !name.startsWith("$")).map((
    [name, { description }],
  ) => `| \`${name}\` | ${description}${required.includes(name) ? " (required)" : ""} |`);
  return ["| key | is |", "| --- | --- |", ...rows].join("\n");
}

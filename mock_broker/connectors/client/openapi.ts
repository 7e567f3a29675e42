/**
 * The OpenAPI file that the broker serves, made from the schemas that check its requests.
 *
 * @module
 */

import { stringify } from "yaml";
import * as z from "zod";
import { type Operation, OPERATIONS } from "./operations.ts";
import { wireSchemas } from "./schemas.ts";

/** The API's version, as the official file has it. */
const API_VERSION = "2023.0";

type Json = Record<string, unknown>;

let yaml: string | undefined;

/** The file's text. */
export function openApiYaml(): string {
  return yaml ??= stringify(openApiDocument(), { aliasDuplicateObjects: false });
}

/** The API's description in OpenAPI 3.0. */
export function openApiDocument(): Json {
  return {
    openapi: "3.0.0",
    info: { title: "DCV Session Manager", description: "DCV Session Manager API", version: API_VERSION },
    paths: Object.fromEntries(OPERATIONS.map((operation) => [operation.path, pathItem(operation)])),
    components: {
      securitySchemes: { bearerAuth: { type: "http", scheme: "bearer" } },
      schemas: componentSchemas(),
    },
    security: [{ bearerAuth: [] }],
  };
}

function pathItem(operation: Operation): Json {
  const { method, operationId, tag, summary, path, body } = operation;
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => (
    { name, in: "path", required: true, schema: { type: "string" } }
  ));
  return {
    [method]: {
      operationId,
      tags: [tag],
      summary,
      ...(parameters.length > 0 && { parameters }),
      ...(body && { requestBody: { required: body.required, content: json(body.schema) } }),
      responses: responses(operation),
    },
  };
}

/** The official file names 200 and 400. The others have the same body as 400, which no generated client reads. */
function responses({ response, body }: Operation): Json {
  return {
    "200": { description: "What was asked for", content: json(response) },
    "400": { description: "Invalid input" },
    "401": { description: "No access token, or one that is not valid" },
    ...(body && { "413": { description: "The request body is too large" } }),
    "429": { description: "Too many requests from this address" },
  };
}

function json(schema: z.ZodType): Json {
  return { "application/json": { schema: schemaReference(schema) } };
}

function schemaReference(schema: z.ZodType): Json {
  if (schema instanceof z.ZodArray) {
    return { type: "array", items: schemaReference(schema.element as z.ZodType) };
  }
  return { $ref: reference(wireSchemas.get(schema)!.id) };
}

function reference(id: string): string {
  return `#/components/schemas/${id}`;
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(wireSchemas, {
    target: "openapi-3.0",
    io: "input",
    uri: reference,
    override({ jsonSchema, zodSchema }) {
      loosen(jsonSchema as Json, zodSchema);
      const about = wireSchemas.get(zodSchema);
      if (about) jsonSchema.description = about.description;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [id, schema]),
  );
}

/**
 * Leaves out what the official file does not say, though the broker checks it in requests: clients in typed languages
 * share one type between requests and answers, and refuse an answer that their type does not allow.
 */
function loosen(schema: Json, { _zod: { def } }: z.core.$ZodType): void {
  for (const rule of ["required", "additionalProperties", "minLength", "minimum", "maximum"]) {
    delete schema[rule];
  }
  if (def.type === "nullable") delete schema.nullable;
  // A reference in a list of one is the same to a validator, but a type of its own to code generators.
  const [only, ...others] = (schema.allOf ?? []) as Json[];
  if (only?.$ref && others.length === 0) {
    delete schema.allOf;
    schema.$ref = only.$ref;
  }
}

/**
 * The OpenAPI file that the broker serves, made from the schemas that check its requests.
 *
 * @module
 */

import { stringify } from "yaml";
import { z } from "zod";
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

function pathItem({ method, operationId, tag, summary, path, body, response }: Operation): Json {
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
      responses: {
        "200": { description: "What was asked for", content: json(response) },
        "400": { description: "Invalid input" },
      },
    },
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
    override: ({ jsonSchema }) => dropImpliedBounds(jsonSchema as Json),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [id, schema]),
  );
}

/** Whole numbers are bounded by what JavaScript can hold, which says nothing about the API. */
function dropImpliedBounds(schema: Json): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/**
 * The OpenAPI file of the control API, made from the schemas that check its requests.
 *
 * @module
 */

import { stringify } from "yaml";
import { z } from "zod";
import type { ControlOperation } from "./operation.ts";
import { CONTROL_OPERATIONS } from "./operations.ts";
import { controlSchemas, ErrorBody } from "./schemas/registry.ts";

type Json = Record<string, unknown>;

/** The file's text. */
export function controlOpenApiYaml(): string {
  return stringify(controlOpenApi(), { aliasDuplicateObjects: false });
}

/** The API's description in OpenAPI 3.1. */
export function controlOpenApi(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Mock broker control",
      description: "What can be done to a mock DCV Session Manager broker beside the broker's own API",
      version: "1",
    },
    paths: paths(),
    components: { schemas: componentSchemas() },
  };
}

function paths(): Json {
  const found: Record<string, Json> = {
    "/_mock/events": {
      get: {
        operationId: "events",
        tags: ["world"],
        summary: "Server-sent events: `state` when the state may have changed, `journal` with new entries",
        responses: { "200": { description: "Events", content: { "text/event-stream": {} } } },
      },
    },
  };
  for (const operation of CONTROL_OPERATIONS) {
    Object.assign(found[`/_mock${operation.path}`] ??= {}, { [operation.method]: describe(operation) });
  }
  return found;
}

function describe({ operationId, tag, summary, path, query, body, response }: ControlOperation): Json {
  const parameters = [...pathParameters(path), ...(query ? queryParameters(query) : [])];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: body.required, content: json(body.schema) } }),
    responses: {
      ...(response
        ? { "200": { description: "What was asked for", content: json(response) } }
        : { "204": { description: "Done" } }),
      default: { description: "The request was refused", content: json(ErrorBody) },
    },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => (
    { name, in: "path", required: true, schema: { type: "string" } }
  ));
}

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {} } = z.toJSONSchema(query);
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Json;
    return { name, in: "query", ...(description !== undefined && { description }), schema: rest };
  });
}

function json(schema: z.ZodType): Json {
  return { "application/json": { schema: { $ref: reference(controlSchemas.get(schema)!.id) } } };
}

function reference(id: string): string {
  return `#/components/schemas/${id}`;
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(controlSchemas, { io: "input", uri: reference });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [id, schema]),
  );
}

/**
 * The OpenAPI file of the control API, made from the schemas that check its requests.
 *
 * @module
 */

import { stringify } from "yaml";
import type { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { ControlOperation } from "./operation.ts";
import { CONTROL_OPERATIONS } from "./operations.ts";
import { ErrorBody } from "./schemas/registry.ts";

/** The file's text: the API's description in OpenAPI 3.1. */
export function controlOpenApiYaml(): string {
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "Mock broker control",
      description: "What can be done to a mock DCV Session Manager broker beside the broker's own API",
      version: "1",
    },
    paths: paths(),
  });
  return stringify(document, { aliasDuplicateObjects: false });
}

const EVENTS: ZodOpenApiOperationObject = {
  operationId: "events",
  tags: ["world"],
  summary: "Server-sent events: `state` when the state may have changed, `journal` with new entries",
  responses: { "200": { description: "Events", content: { "text/event-stream": {} } }, ...refusals() },
};

function paths(): ZodOpenApiPathsObject {
  const found: ZodOpenApiPathsObject = { "/_mock/events": { get: EVENTS } };
  for (const operation of CONTROL_OPERATIONS) {
    Object.assign(found[`/_mock${operation.path}`] ??= {}, { [operation.method]: describe(operation) });
  }
  return found;
}

function describe(operation: ControlOperation): ZodOpenApiOperationObject {
  const { operationId, tag, summary, parameters, query, body, response } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    requestParams: { ...(parameters && { path: parameters }), ...(query && { query }) },
    ...(body && { requestBody: { required: !body.safeParse(undefined).success, content: json(body) } }),
    responses: {
      ...(response
        ? { "200": { description: "What was asked for", content: json(response) } }
        : { "204": { description: "Done" } }),
      ...refusals(),
    },
  };
}

function refusals(): ZodOpenApiOperationObject["responses"] {
  return { default: { description: "The request was refused", content: json(ErrorBody) } };
}

function json(schema: z.ZodType) {
  return { "application/json": { schema } };
}

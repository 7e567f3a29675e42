import { assert, assertEquals } from "@std/assert";
import { parse } from "yaml";
import { createBroker, send } from "./call.ts";
import { inWords, OFFICIAL_OPERATIONS, OFFICIAL_SCHEMAS } from "./official_openapi.ts";

// deno-lint-ignore no-explicit-any -- a document that is read by the path
async function servedDocument(): Promise<any> {
  const { body } = await send(createBroker(), "GET", "/dcv-session-manager-api.yaml");
  return parse(body);
}

Deno.test("the OpenAPI file is served as YAML, without a token", async () => {
  const { status, headers } = await send(createBroker(), "GET", "/dcv-session-manager-api.yaml");
  assertEquals([status, headers.get("Content-Type")], [200, "application/yaml"]);
});

Deno.test("enable-api-yaml = false hides the OpenAPI file", async () => {
  const broker = createBroker({ properties: { "enable-api-yaml": false } });
  assertEquals((await send(broker, "GET", "/dcv-session-manager-api.yaml")).status, 404);
});

Deno.test("the OpenAPI file has the official one's version, its operations and its bearer scheme", async () => {
  const document = await servedDocument();
  assertEquals([document.openapi, document.info.version], ["3.0.0", "2023.0"]);
  const operations = Object.entries(document.paths).map(([path, methods]) => {
    const [method, operation] = Object.entries(methods as Record<string, { operationId: string }>)[0]!;
    return `${method} ${path} ${operation.operationId}`;
  });
  assertEquals(operations.toSorted(), [
    "get /sessionConnectionData/{sessionId}/{user} GetSessionConnectionData",
    "post /closeServers closeServers",
    "post /createSessions createSessions",
    "post /deleteSessions deleteSessions",
    "post /describeServers describeServers",
    "post /describeSessions describeSessions",
    "post /getSessionScreenshots getSessionScreenshots",
    "post /openServers openServers",
    "put /sessionPermissions updateSessionPermissions",
  ]);
  const [name, scheme] = Object.entries(document.components.securitySchemes)[0]!;
  assertEquals([scheme, document.security], [{ type: "http", scheme: "bearer" }, [{ [name]: [] }]]);
});

Deno.test("every operation in the OpenAPI file is a route, with the method that it says", async () => {
  const broker = createBroker();
  for (const [path, methods] of Object.entries((await servedDocument()).paths)) {
    const [method] = Object.keys(methods as object);
    const { status } = await send(broker, method!.toUpperCase(), path.replace(/\{\w+\}/g, "x"));
    assertEquals(status, 401, path);
  }
});

Deno.test("every reference in the OpenAPI file has a target, and every schema is used", async () => {
  const document = await servedDocument();
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  const used = new Set(references.map(([, name]) => name));
  assertEquals([...used].toSorted(), Object.keys(document.components.schemas).toSorted());
});

Deno.test("the OpenAPI file says which bodies are required, and what a path takes", async () => {
  const { paths } = await servedDocument();
  assertEquals(paths["/describeSessions"].post.requestBody.required, false);
  assertEquals(paths["/createSessions"].post.requestBody.required, true);
  const { parameters } = paths["/sessionConnectionData/{sessionId}/{user}"].get;
  const shape = parameters.map((p: Record<string, unknown>) => [p.name, p.in, p.required]);
  assertEquals(shape, [["sessionId", "path", true], ["user", "path", true]]);
});

Deno.test("the OpenAPI file has the official one's fields, types and formats, and is nowhere stricter", async () => {
  const { schemas } = (await servedDocument()).components;
  assertEquals(Object.keys(schemas).toSorted(), Object.keys(OFFICIAL_SCHEMAS).toSorted());
  for (const [name, official] of Object.entries(OFFICIAL_SCHEMAS)) {
    const { type, description, properties, ...rest } = schemas[name];
    const fields = Object.entries(properties).map(([field, schema]) => [field, inWords(schema)]);
    assertEquals(Object.fromEntries(fields), official, name);
    assertEquals([type, rest], ["object", {}], name);
    assert(description, name);
  }
});

Deno.test("the OpenAPI file's operations take and answer what the official one's do", async () => {
  const found: Record<string, string> = {};
  for (const [path, methods] of Object.entries((await servedDocument()).paths)) {
    // deno-lint-ignore no-explicit-any -- as above
    for (const [method, { requestBody, responses }] of Object.entries(methods as any) as any) {
      const json = responses["200"].content["application/json"];
      const body = requestBody ? inWords(requestBody.content["application/json"].schema) : "nothing";
      const optional = requestBody?.required === false ? "?" : "";
      found[`${method} ${path}`] = `${body}${optional} -> ${inWords(json.schema)}`;
    }
  }
  assertEquals(found, OFFICIAL_OPERATIONS);
});

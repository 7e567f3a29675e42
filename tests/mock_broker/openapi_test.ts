import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { createBroker, send } from "./call.ts";

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

Deno.test("the OpenAPI file describes each schema and names the fields as the wire does", async () => {
  const { schemas } = (await servedDocument()).components;
  for (
    const [name, schema] of Object.entries(schemas) as [string, { properties: Record<string, unknown> }][]
  ) {
    for (const field of Object.keys(schema.properties)) assertMatch(field, /^[A-Z]/, name);
  }
  assertEquals(schemas.Server.properties.Port.type, "string");
  assertEquals(schemas.Session.properties.CreationTime.format, "date-time");
  assert(schemas.CreateSessionRequestData.properties.MaxConcurrentClients);
});

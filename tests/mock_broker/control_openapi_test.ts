import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { MockBroker } from "@dcvkit/mock-broker";
import { parse } from "yaml";
import { Caller, createBroker, send } from "./call.ts";

// deno-lint-ignore no-explicit-any -- a document that is read by the path
async function servedDocument(broker: MockBroker = createBroker()): Promise<any> {
  return parse((await send(broker, "GET", "/_mock/openapi.yaml")).body);
}

/** A broker in which every schema has something to show, and the calls that show it. */
async function createBusyBroker() {
  const broker = createBroker({ servers: [{ hostname: "a" }, { hostname: "b", closed: true }] });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  await call.createSessions([{ Name: "other", Owner: "bob", Type: "CONSOLE", EnqueueRequest: true }]);
  await call.deleteSessions([{ SessionId: "gone", Owner: "ana" }]);
  broker.sessions.connect(Id, "ana");
  broker.advance(1_000);
  broker.sessions.disconnect(Id, "ana");
  broker.faults.add({ duration: 1_000, fault: { type: "delay", milliseconds: [1, 2] } });
  broker.faults.add({ operation: ["health"], fault: { type: "status", status: 503, body: { a: 1 } } });
  await connectInVain(broker);
  const calls: [path: string, template: string][] = [
    ["/_mock/state", "/_mock/state"],
    ["/_mock/world", "/_mock/world"],
    ["/_mock/fleet", "/_mock/fleet"],
    ["/_mock/clock", "/_mock/clock"],
    ["/_mock/faults", "/_mock/faults"],
    ["/_mock/hosts", "/_mock/hosts"],
    ["/_mock/hosts/a", "/_mock/hosts/{host}"],
    ["/_mock/sessions", "/_mock/sessions"],
    [`/_mock/sessions/${Id}`, "/_mock/sessions/{id}"],
    [`/_mock/sessions/${Id}/screenshot`, "/_mock/sessions/{id}/screenshot"],
    ["/_mock/journal", "/_mock/journal"],
    ["/_mock/journal.har", "/_mock/journal.har"],
    ["/_mock/advice", "/_mock/advice"],
    ["/_mock/activity", "/_mock/activity"],
    ["/_mock/upcoming", "/_mock/upcoming"],
    ["/_mock/fleet-metrics", "/_mock/fleet-metrics"],
    ["/_mock/worlds", "/_mock/worlds"],
  ];
  return { broker, calls };
}

/** Speaks plain HTTP to a port for HTTPS: a connection in the journal that brought no request. */
async function connectInVain(broker: MockBroker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = broker.journal.subscribe(({ problem }) => problem !== undefined && resolve());
  await using server = await broker.listen({ port: 0 });
  await fetch(server.url.replace("https:", "http:")).catch(() => {});
  await promise;
  stop();
}

Deno.test("the control API describes all that it answers, and answers as it says", async () => {
  const { broker, calls } = await createBusyBroker();
  const document = await servedDocument(broker);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "api");
  for (const [path, template] of calls) {
    const { schema } = document.paths[template].get.responses["200"].content["application/json"];
    const validate = ajv.getSchema(`api${schema.$ref}`)!;
    const { body } = await send(broker, "GET", path);
    assert(validate(body), `${path}: ${ajv.errorsText(validate.errors)}`);
    assert(!validate("something else"), path);
  }
  const described = Object.entries(document.paths).filter(([, methods]) => "get" in (methods as object));
  const shown = described.map(([path]) => path).filter((path) => path !== "/_mock/events");
  assertEquals(shown.toSorted(), calls.map(([, template]) => template).toSorted());
});

Deno.test("every operation that the description names is there", async () => {
  const document = await servedDocument();
  const operationIds: string[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (
      const [method, { operationId }] of Object.entries(methods as Record<string, { operationId: string }>)
    ) {
      operationIds.push(operationId);
      if (operationId === "events") continue;
      const { body } = await send(createBroker(), method.toUpperCase(), path.replaceAll(/\{\w+\}/g, "name"));
      assert(body.error !== "Not Found", `${method} ${path}`);
    }
  }
  assertEquals(new Set(operationIds).size, operationIds.length);
});

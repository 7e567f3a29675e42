/**
 * A request in TypeScript: with our client where it has a method for it, else with `fetch()`.
 *
 * @module
 */

import {
  AUTHORIZED_OPERATIONS,
  BATCH_OPERATIONS,
  type OperationName,
} from "../../../simulation/fault_rule.ts";
import { CA_FILE, CLIENT_ID, CLIENT_SECRET, type CopiedRequest, urlVariable } from "./copied_request.ts";
import { faithfulJson } from "./faithful_json.ts";

/** The program. */
export function asTypeScript(request: CopiedRequest): string {
  const call = callOf(request);
  const notes = request.notes.map((note) => `// ${note.replace(/[\r\n\u2028\u2029]+/g, " ")}\n`).join("");
  return notes + (call === undefined ? withFetch(request) : withClient(call));
}

function withClient(call: string): string {
  return `import { readFile } from "node:fs/promises";
import process from "node:process";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const authority = process.env.${CA_FILE};
const client = new SessionManagerClient({
  brokerUrl: process.env.${urlVariable("client")}!,
  ...optionsFromEnvironment(), // ${CLIENT_ID} and ${CLIENT_SECRET}
  ...(authority && { fetch: createTlsFetch({ ca: await readFile(authority) }) }),
});
console.log(await client.${call});
`;
}

/** The call of the client that sends such a request; `undefined` where none does. */
function callOf(request: CopiedRequest): string | undefined {
  const { connector, operation, method, target, authorization, body } = request;
  if (connector !== "client" || hasOddHeaders(request)) return undefined;
  if (operation === "health") {
    return method === "GET" && !body && target === "/health" ? "health()" : undefined;
  }
  if (operation === "token" || authorization !== "bearer") return undefined;
  const json = body === undefined ? { value: undefined } : faithfulJson(body);
  if (!json) return undefined;
  const { value } = json;
  if (operation !== undefined) return callOfOperation(operation, request, value);
  if (/[\s#]/.test(target)) return undefined;
  const options = literal({ method, ...(value !== undefined && { body: value }) });
  return `request(${JSON.stringify(target)}, ${options})`;
}

/** Headers that our client does not send. */
function hasOddHeaders({ headers, body }: CopiedRequest): boolean {
  return headers.some(({ name, value }) => {
    if (/^content-type$/i.test(name)) return body !== undefined && !/^application\/json\b/i.test(value);
    return !/^accept$/i.test(name);
  });
}

/** The method and path of each operation that takes a body. */
const PATHS: Partial<Record<OperationName, string>> = { updateSessionPermissions: "/sessionPermissions" };

function callOfOperation(
  operation: OperationName,
  { method, target }: CopiedRequest,
  value: unknown,
): string | undefined {
  if (!(AUTHORIZED_OPERATIONS as readonly OperationName[]).includes(operation)) return undefined;
  if (operation === "getSessionConnectionData") return connectionDataCall(method, target, value);
  const verb = operation === "updateSessionPermissions" ? "PUT" : "POST";
  if (method !== verb || target !== (PATHS[operation] ?? `/${operation}`)) return undefined;
  const isBatch = BATCH_OPERATIONS.includes(operation);
  if (isBatch) {
    return Array.isArray(value) && value.every(isObject) ? `${operation}(${literal(value)})` : undefined;
  }
  return value === undefined || isObject(value) ? `${operation}(${literal(value ?? {})})` : undefined;
}

function connectionDataCall(method: string, target: string, value: unknown): string | undefined {
  const [, sessionId, user] = /^\/sessionConnectionData\/([^/?]+)\/([^/?]+)$/.exec(target) ?? [];
  if (method !== "GET" || value !== undefined || sessionId === undefined || user === undefined) {
    return undefined;
  }
  try {
    const [id, name] = [sessionId, user].map(decodeURIComponent);
    return `getSessionConnectionData(${JSON.stringify(id)}, ${JSON.stringify(name)})`;
  } catch {
    return undefined;
  }
}

function withFetch({ connector, method, target, headers, authorization, body }: CopiedRequest): string {
  const lines = headers.map(({ name, value, variable }) =>
    `    ${JSON.stringify(name)}: ${
      variable === undefined ? JSON.stringify(value) : `process.env.${variable}!`
    },`
  );
  if (authorization === "bearer") {
    lines.unshift("    Authorization: `Bearer ${process.env.DCV_SM_OAUTH2_TOKEN}`,");
  }
  if (authorization === "basic") {
    const pair = `\${process.env.${CLIENT_ID}}:\${process.env.${CLIENT_SECRET}}`;
    lines.unshift(`    Authorization: \`Basic \${btoa(\`${pair}\`)}\`,`);
  }
  const parts = [
    `  method: ${JSON.stringify(method)},`,
    ...(lines.length > 0 ? ["  headers: {", ...lines, "  },"] : []),
    ...(body === undefined ? [] : [`  body: ${JSON.stringify(body)},`]),
  ];
  return `import process from "node:process";

// An authority of its own: run it with NODE_EXTRA_CA_CERTS or DENO_CERT set to its file.
const response = await fetch(process.env.${urlVariable(connector)} + ${JSON.stringify(target)}, {
${parts.join("\n")}
});
console.log(response.status, await response.text());
`;
}

/** A value as people write it: keys without quotation marks where they need none. */
export function literal(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => inner + literal(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${keyLiteral(key)}: ${literal(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return items.length === 0 ? `${open}${close}` : `${open}\n${items.join(",\n")},\n${indent}${close}`;
}

/** A key that is written out as `__proto__` would be no key. */
function keyLiteral(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

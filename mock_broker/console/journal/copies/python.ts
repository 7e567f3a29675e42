/**
 * A request in Python, with the library `requests`.
 *
 * @module
 */

import { CA_FILE, CLIENT_ID, CLIENT_SECRET, type CopiedRequest, urlVariable } from "./copied_request.ts";
import { faithfulJson } from "./faithful_json.ts";

const CREDENTIALS = `(os.environ["${CLIENT_ID}"], os.environ["${CLIENT_SECRET}"])`;

/** The program. */
export function asPython(request: CopiedRequest): string {
  const { notes, authorization, connector } = request;
  return [
    ...notes.map((note) => `# ${note.replace(/[\r\n\f\v]+/g, " ")}`),
    "import os",
    "",
    "import requests",
    "",
    "http = requests.Session()",
    `http.verify = os.environ.get("${CA_FILE}", True)`,
    ...(authorization === "bearer" ? ["", ...TOKEN] : []),
    "",
    "response = http.request(",
    `    ${text(request.method)},`,
    `    os.environ["${urlVariable(connector)}"] + ${text(request.target)},`,
    ...(authorization === "basic" ? [`    auth=${CREDENTIALS},`] : []),
    ...headerLines(request),
    ...bodyLines(request),
    ")",
    "print(response.status_code, response.text)",
    "",
  ].join("\n");
}

const TOKEN = [
  "token = http.post(",
  `    os.environ["${urlVariable("client")}"] + "/oauth2/token",`,
  '    params={"grant_type": "client_credentials"},',
  `    auth=${CREDENTIALS},`,
  ")",
  "token.raise_for_status()",
];

function headerLines(request: CopiedRequest): string[] {
  const { headers, authorization } = request;
  const lines = headers.filter(({ name }) => !(/^content-type$/i.test(name) && jsonOf(request) !== undefined))
    .map(({ name, value, variable }) =>
      `        ${text(name)}: ${variable === undefined ? text(value) : `os.environ["${variable}"]`},`
    );
  if (authorization === "bearer") {
    lines.unshift(`        "Authorization": "Bearer " + token.json()["access_token"],`);
  }
  return lines.length === 0 ? [] : ["    headers={", ...lines, "    },"];
}

function bodyLines(request: CopiedRequest): string[] {
  if (request.body === undefined) return [];
  const json = jsonOf(request);
  return [
    json === undefined
      ? `    data=${text(request.body)}.encode(),`
      : `    json=${literal(json.value, "    ")},`,
  ];
}

/** The body as a value, if Python writes the same JSON of it. */
function jsonOf({ headers, body }: CopiedRequest): { value: unknown } | undefined {
  const type = headers.find(({ name }) => /^content-type$/i.test(name))?.value;
  if (body === undefined || type?.toLowerCase() !== "application/json") return undefined;
  const json = faithfulJson(body);
  return typeof json?.value === "object" && json.value !== null ? json : undefined;
}

function literal(value: unknown, indent: string): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return typeof value === "string" ? text(value) : JSON.stringify(value);
  const inner = `${indent}    `;
  const items = Array.isArray(value)
    ? value.map((item) => inner + literal(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${text(key)}: ${literal(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return items.length === 0 ? `${open}${close}` : `${open}\n${items.join(",\n")},\n${indent}${close}`;
}

/** JSON's way to write a text is one of Python's. */
function text(value: string): string {
  return JSON.stringify(value);
}

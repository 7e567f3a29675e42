/**
 * A request as a command for curl, in a POSIX shell.
 *
 * @module
 */

import { CA_FILE, CLIENT_ID, CLIENT_SECRET, type CopiedRequest, urlVariable } from "./copied_request.ts";

const NEXT_LINE = " \\\n  ";

const TRUST = `\${${CA_FILE}:+--cacert "$${CA_FILE}"}`;

/** The command, with one before it that gets an access token where one is needed. */
export function asCurl(request: CopiedRequest): string {
  const notes = request.notes.map((note) => `# ${oneLine(note)}\n`).join("");
  return `${notes}${request.authorization === "bearer" ? TOKEN : ""}${command(request)}\n`;
}

const TOKEN = `token=$(${
  [
    `curl -fsS ${TRUST}`,
    `-u "$${CLIENT_ID}:$${CLIENT_SECRET}"`,
    `-X POST "$${urlVariable("client")}/oauth2/token?grant_type=client_credentials" |`,
  ].join(NEXT_LINE)
}
  sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')
`;

function command({ connector, method, target, headers, authorization, body }: CopiedRequest): string {
  const isPlain = !/[[\]{}]/.test(target) && !/\/\.\.?(?:[/?]|$)/.test(target);
  return [
    `curl -sS${method === "HEAD" ? "I" : ""}${isPlain ? "" : "g --path-as-is"} ${TRUST}`,
    ...(method === "HEAD" || (method === "GET" && body === undefined) ? [] : [`-X ${word(method)}`]),
    `"$${urlVariable(connector)}"${quoted(target)}`,
    ...(authorization === "bearer" ? ['-H "Authorization: Bearer $token"'] : []),
    ...(authorization === "basic" ? [`-u "$${CLIENT_ID}:$${CLIENT_SECRET}"`] : []),
    ...headers.map(({ name, value, variable }) =>
      variable === undefined
        ? `-H ${quoted(`${name}:${value === "" ? ";" : ` ${value}`}`)}`
        : `-H "${name}: $${variable}"`
    ),
    // curl would call any body a form.
    ...(body === undefined || headers.some(({ name }) => /^content-type$/i.test(name))
      ? []
      : ["-H 'Content-Type:'"]),
    ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(NEXT_LINE);
}

function word(text: string): string {
  return /^[A-Za-z]+$/.test(text) ? text : quoted(text);
}

/** Between single quotes a shell takes everything as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}

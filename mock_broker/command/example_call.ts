/**
 * A first call, to be pasted into a shell.
 *
 * @module
 */

import process from "node:process";

/** What the shell of this system is called, where it matters, and what to type there. */
export interface ExampleCall {
  readonly shell: string;
  readonly text: string;
}

/** Lists the sessions with `curl`, which Windows has too. */
export function exampleCall(url: string, user: string, caFile: string | undefined): ExampleCall {
  const trusted = url.startsWith("http:") ? undefined : caFile;
  return process.platform === "win32"
    ? { shell: "PowerShell", text: forPowerShell(url, user, trusted) }
    : { shell: "another shell", text: forPosixShell(url, user, trusted) };
}

function forPosixShell(url: string, user: string, caFile: string | undefined): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const curl = caFile === undefined ? "curl -sS" : `curl -sS --cacert ${quoted(caFile)}`;
  const token = `${curl} -X POST -u ${quoted(user)} '${url}/oauth2/token?grant_type=client_credentials'`;
  return [
    `${curl} -X POST '${url}/describeSessions' -H 'Content-Type: application/json' -d '{}' \\`,
    `  -H "Authorization: Bearer $(${token} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"`,
  ].join("\n");
}

/** The curl of Windows asks for lists of revoked certificates, which a private authority does not have. */
function forPowerShell(url: string, user: string, caFile: string | undefined): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const curl = caFile === undefined
    ? "curl.exe -sS"
    : `curl.exe -sS --ssl-no-revoke --cacert ${quoted(caFile)}`;
  const token = `${curl} -X POST -u ${quoted(user)} '${url}/oauth2/token?grant_type=client_credentials'`;
  return [
    `$token = (${token} | ConvertFrom-Json).access_token`,
    `${curl} -X POST '${url}/describeSessions' -H 'Content-Type: application/json' -d '{}' \``,
    `  -H "Authorization: Bearer $token"`,
  ].join("\n");
}

/**
 * How a person gets from connection data into a session: the URL for the browser or for the native client, and
 * the `.dcv` file that the native client opens.
 *
 * @module
 */

import { checkString, refuse } from "./call/checks.ts";
import type { Session } from "./types.ts";

/** What is needed of an answer to `getSessionConnectionData()`. */
export interface ConnectionData {
  /** The session, with its server unless the connection goes through a gateway. */
  Session: Pick<Session, "Id" | "Server">;
  /** The token of the user who connects. */
  ConnectionToken: string;
}

/** Where a client connects to. Without these it connects straight to the server, as the broker describes it. */
export interface ConnectionOptions {
  /**
   * A DCV Connection Gateway to go through, by its DNS name or IP address. The server's own address, port and
   * path then play no part: the gateway asks the broker for them.
   */
  gateway?: string | undefined;
  /**
   * A DNS name or an IP address by which the server is reached. The broker knows only the address that the
   * agent reports, which on EC2 is the private one.
   *
   * @default {`Server.Ip`}
   */
  host?: string | undefined;
  /**
   * The port that takes browsers, and the native client's WebSocket connections.
   *
   * @default {of the server's first HTTP endpoint, or `Server.Port`; 8443 otherwise and for a gateway}
   */
  port?: number | undefined;
  /**
   * The path of the web client. Escapes in it are kept, all else is escaped.
   *
   * @default {of the server's first HTTP endpoint, or `Server.WebUrlPath`; "/" otherwise and for a gateway}
   */
  path?: string | undefined;
  /** The user's name, which some clients show. The token says who connects, with or without it. */
  username?: string | undefined;
}

/** Options for {@linkcode connectionUrl}. */
export interface ConnectionUrlOptions extends ConnectionOptions {
  /**
   * Whether to open the native client (`dcv://`) rather than the browser (`https://`).
   *
   * @default {false}
   */
  native?: boolean | undefined;
}

/**
 * Builds the URL that opens a session, in the form that the guide's page on `GetSessionConnectionData` gives:
 * `https://host:port/path?authToken=...#sessionId`. Everything is escaped, an IPv6 address stands in brackets.
 *
 * The URL holds the connection token, by default good for an hour: treat it as a secret.
 *
 * @example Usage
 * ```ts
 * import { connectionUrl } from "@dcvkit/session-manager/connection";
 *
 * // What getSessionConnectionData() answers
 * const data = {
 *   Session: { Id: "SessionId1895", Server: { Ip: "10.0.0.5", WebUrlPath: "/" } },
 *   ConnectionToken: "eyJhbGciOiJSUzI1NiJ9",
 * };
 *
 * connectionUrl(data); // https://10.0.0.5:8443/?authToken=eyJhbGciOiJSUzI1NiJ9#SessionId1895
 * connectionUrl(data, { native: true, gateway: "gateway.example.com" });
 * // dcv://gateway.example.com:8443/?authToken=eyJhbGciOiJSUzI1NiJ9#SessionId1895
 * ```
 *
 * @param data What `getSessionConnectionData()` answered.
 * @param options Where to connect to, and with which client.
 * @returns The URL.
 * @throws {TypeError} If the host, the port, the session id or the token is missing or cannot be one.
 */
export function connectionUrl(data: ConnectionData, options: ConnectionUrlOptions = {}): string {
  const { host, port, weburlpath, sessionid, authtoken, user } = parametersOf(data, options);
  const scheme = options.native ? "dcv" : "https";
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const username = user && `&username=${encodeURIComponent(user)}`;
  const query = `authToken=${encodeURIComponent(authtoken)}${username}`;
  return `${scheme}://${authority}${weburlpath}?${query}#${encodeURIComponent(sessionid)}`;
}

/**
 * Builds the text of a `.dcv` file, which the native client opens, as the user guide's page "Create a connection
 * file" describes it. It holds the connection token, by default good for an hour: treat it as a secret, and
 * serve it as a download (`Content-Disposition: attachment; filename="session.dcv"`).
 *
 * @example Usage
 * ```ts
 * import { dcvFile } from "@dcvkit/session-manager/connection";
 *
 * const text = dcvFile({
 *   Session: { Id: "SessionId1895", Server: { Ip: "10.0.0.5" } },
 *   ConnectionToken: "eyJhbGciOiJSUzI1NiJ9",
 * });
 * console.log(text.includes("sessionid=SessionId1895")); // true
 * ```
 *
 * @param data What `getSessionConnectionData()` answered.
 * @param options Where to connect to.
 * @returns The text, lines ended by `\n`.
 * @throws {TypeError} If the host, the port, the session id or the token is missing or cannot be one, or if a
 * value holds a line break or another control character.
 */
export function dcvFile(data: ConnectionData, options: ConnectionOptions = {}): string {
  let file = "[version]\nformat=1.0\n\n[connect]\n";
  for (const [name, value] of Object.entries(parametersOf(data, options))) {
    // deno-lint-ignore no-control-regex -- a line break would begin a parameter of its own
    if (/[\0-\x1f\x7f]/.test(value)) {
      throw new TypeError(`A .dcv file cannot hold this ${name}: it has a control character`);
    }
    if (value) file += `${name}=${value}\n`;
  }
  return file;
}

/** What can be escaped: text without half of a surrogate pair. */
const WELL_FORMED = /^\P{Cs}+$/u;

/** The parameters of a connection, under the names that they have in a `.dcv` file. */
function parametersOf(
  { Session: session, ConnectionToken: token }: ConnectionData,
  { gateway, username = "", ...given }: ConnectionOptions,
) {
  const server = gateway ? undefined : session?.Server;
  const endpoint = server?.Endpoints?.find((endpoint) => endpoint?.Protocol === "HTTP");
  const host = gateway ?? given.host ?? server?.Ip;
  const port = given.port ?? (endpoint?.Port || server?.Port || 8443);
  const path = given.path ?? (endpoint?.WebUrlPath || server?.WebUrlPath || "/");
  if (!host || typeof host !== "string") {
    refuse("host", 'given, or "gateway", while the session has no server', host);
  }
  if (!/^([\w.-]+|[\da-f]*(:[\da-f.]*){2,})$/i.test(host)) {
    refuse("host", "a DNS name or an IP address", host);
  }
  if (!/^[1-9]\d{0,4}$/.test(`${port}`) || +port > 65535) refuse("port", "a port number", port);
  return {
    host,
    port: `${port}`,
    // What is escaped already stays as it is
    weburlpath: checkString("path", path, /^\P{Cs}*$/u, "text").replace(/^\/?/, "/").replace(
      /[^\w\-.~!$&'()*+,;=:@%/]+/g,
      encodeURIComponent,
    ),
    sessionid: checkString("Session.Id", session?.Id, WELL_FORMED),
    authtoken: checkString("ConnectionToken", token, WELL_FORMED),
    user: username && checkString("username", username, WELL_FORMED),
  };
}

/**
 * A `fetch` for brokers whose certificate comes from a private authority, or that ask for a client
 * certificate.
 *
 * The DCV Session Manager broker makes an authority of its own when it is installed, and its certificate
 * names only the short host name. The `fetch` of Deno, Bun and Node takes such things in three different
 * ways, and Node's not without a dependency; this module takes them in one way on all three. It sends through
 * `node:https`, and on Bun through Bun's own `fetch`, which is faster there. It does not run in browsers.
 *
 * @module
 */

import { Agent, type RequestOptions } from "node:https";
import { isIP } from "node:net";
import { bunSender } from "./tls/bun.ts";
import { exchange, type Signal, type TlsOptions } from "./tls/exchange.ts";
import { type Pem, readAuthorities, readClientCertificate } from "./tls/pem.ts";
import { type PlainRequest, plainRequest } from "./tls/plain_request.ts";

export type { Pem };

/** After it, connections without a call are closed, before the broker does: the same as in Node's `fetch`. */
const IDLE_TIMEOUT_MS = 4_000;

const REDIRECTS = [301, 302, 303, 307, 308];

/** Options for {@linkcode createTlsFetch}. */
export interface TlsFetchOptions {
  /**
   * The authorities to trust, instead of those that the runtime trusts: PEM text with one or more
   * certificates, or the bytes of such a file, or a list of these. The broker keeps its own in
   * `/var/lib/dcvsmbroker/security/dcvsmbroker_ca.pem`. A self-signed server certificate can be given here
   * too.
   *
   * @default {the authorities that the runtime trusts}
   */
  ca?: Pem | readonly Pem[] | undefined;
  /**
   * The client certificate for a server that asks for one: PEM text, followed by intermediate ones if there
   * are any. What else is in it is left alone, so that one file can hold the private key too.
   */
  cert?: Pem | undefined;
  /** The private key of `cert`: PEM text. What else is in it is left alone. */
  key?: Pem | undefined;
  /** What `key` is encrypted with, if it is. */
  passphrase?: string | undefined;
  /**
   * The name that the server's certificate must hold, and the one that is asked for (SNI), for every call.
   * For brokers that are reached by another name than their certificate's.
   *
   * @default {the host of each URL}
   */
  serverName?: string | undefined;
  /**
   * Accepts any certificate from anyone. Whoever can reach the connection then reads the client's secret: not
   * even for tests, which can pass the test server's authority as `ca`.
   *
   * @default {false}
   */
  dangerouslyDisableVerification?: boolean | undefined;
}

/** A `fetch` with connections of its own. */
export interface TlsFetch {
  /** Sends a request, as the global `fetch` does. */
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Closes all connections. Calls under way fail. On Bun, connections without a call are left to end by themselves. */
  close(): void;
  /** Closes all connections, at the end of a `using` block. */
  [Symbol.dispose](): void;
}

/**
 * Creates a `fetch` that trusts the given authorities, on Deno, Bun and Node alike.
 *
 * Connections are kept for the next call, and do not keep the process alive. Failures are `TypeError`s, as
 * from the global `fetch`, whose `cause` has a `code` such as `ECONNREFUSED` or
 * `UNABLE_TO_VERIFY_LEAF_SIGNATURE` on every runtime. Three things are simpler than in the global `fetch`:
 * only `https:` URLs are served, a redirect is a failure unless `redirect` is `"manual"`, and no compression
 * is asked for.
 *
 * On Deno it needs `--allow-net`, and where `ca` is not given `--allow-sys` and `--allow-env` too.
 *
 * @param options What to trust, and what to show to the server.
 * @returns The `fetch`, to be passed to `SessionManagerClient` or called like the global one.
 * @throws {TypeError} If an option is not what it should be: no PEM text, a key that belongs to another certificate
 * or cannot be decrypted.
 *
 * @example A broker with its own authority, reached by its full name
 * ```ts ignore
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { createTlsFetch } from "@dcvkit/session-manager/tls";
 *
 * const ca = await Deno.readTextFile("dcvsmbroker_ca.pem");
 * using fetch = createTlsFetch({ ca, serverName: "ip-10-0-0-7" });
 * const brokerUrl = "https://broker.example.com:8443";
 * const client = new SessionManagerClient({ brokerUrl, credentials: { clientId, clientSecret }, fetch });
 * ```
 *
 * @example Options take the text of a file, not its path
 * ```ts
 * import { createTlsFetch } from "@dcvkit/session-manager/tls";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => createTlsFetch({ ca: "dcvsmbroker_ca.pem" }), TypeError, "holds no PEM certificate");
 * ```
 */
export function createTlsFetch(options: TlsFetchOptions = {}): TlsFetch {
  const { ca, serverName, dangerouslyDisableVerification = false } = options;
  if (typeof dangerouslyDisableVerification !== "boolean") {
    throw new TypeError(
      `"dangerouslyDisableVerification" must be true or false: ${
        JSON.stringify(dangerouslyDisableVerification)
      }`,
    );
  }
  const tls: TlsOptions = {
    // Always said, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise switch it off unseen.
    rejectUnauthorized: !dangerouslyDisableVerification,
    ...(ca !== undefined && { ca: readAuthorities(ca) }),
    ...readClientCertificate(options),
    ...(serverName !== undefined && { servername: readServerName(serverName) }),
  };
  const agent = new AlikeAgent({ keepAlive: true, timeout: IDLE_TIMEOUT_MS, ...tls });
  const overAgent = (request: PlainRequest, signal: Signal) => exchange(request, agent, signal);
  const bun = bunSender(tls, overAgent);
  const send = bun?.send ?? overAgent;

  async function tlsFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const request = await plainRequest(input, init);
    if (!/^https:/i.test(request.url)) {
      throw new TypeError(`Cannot fetch with TLS options what is not an https: URL: ${request.url}`);
    }
    signal?.throwIfAborted();
    return await checked(await send(request, signal), request);
  }
  const close = () => {
    bun?.close();
    agent.destroy();
  };
  return Object.assign(tlsFetch, { close, [Symbol.dispose]: close });
}

/**
 * All its connections are made with the same options. So host and port tell which may be kept for which call, and
 * the authorities need not be compared each time.
 */
class AlikeAgent extends Agent {
  override getName({ host, port }: RequestOptions = {}): string {
    return `${host}:${port}`;
  }
}

/** An answer that is no redirect, unless the caller wants those too. */
async function checked(response: Response, { url, redirect }: PlainRequest): Promise<Response> {
  const { status, headers } = response;
  if (REDIRECTS.includes(status) && redirect !== "manual") {
    await response.body?.cancel();
    throw new TypeError(
      `Redirects are not followed: ${url} answered ${status} with location ${headers.get("location")}`,
    );
  }
  return response.url ? response : Object.defineProperty(response, "url", { value: url });
}

function readServerName(serverName: string): string {
  if (
    typeof serverName !== "string" || serverName === "" || /[\s/:]/.test(serverName) || isIP(serverName) !== 0
  ) {
    throw new TypeError(`"serverName" must be a host name: ${JSON.stringify(serverName)}`);
  }
  return serverName;
}

/**
 * A client of the Amazon DCV Session Manager broker, without dependencies, for Deno, Node, Bun and browsers.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 *
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   credentials: { clientId: "794b2dbb-bd82-4707-a2f7-f3d9899cb386", clientSecret: "a secret" },
 *   fetch: exampleFetch, // leave it out to reach a real broker
 * });
 *
 * for await (const session of client.listSessions({ owner: "ana" })) {
 *   console.log(session.Id, session.State); // s-1 READY
 * }
 *
 * function exampleFetch(url: string): Promise<Response> {
 *   const token = { access_token: "a-token", token_type: "bearer", expires_in: 3600 };
 *   const page = { Sessions: [{ Id: "s-1", Name: "desktop", Owner: "ana", Type: "VIRTUAL", State: "READY" }] };
 *   return Promise.resolve(Response.json(url.includes("/oauth2/token") ? token : page));
 * }
 * ```
 *
 * @module
 */

export * from "./src/batch.ts";
export { SessionManagerClient } from "./src/client.ts";
export type { AccessToken, AccessTokenProvider, ClientCredentials, Credentials } from "./src/credentials.ts";
export * from "./src/errors.ts";
export type { CallOptions, ClientOptions, OtherRequest } from "./src/options.ts";
export type { Listing, ListOptions, Page } from "./src/pages.ts";
export type { ServerQuery, SessionQuery } from "./src/queries.ts";
export type { RetryPolicy } from "./src/retry.ts";
export type { Fetch, FetchInit, FetchResponse } from "./src/call/fetch.ts";
export type { AttemptEvent } from "./src/call/transport.ts";
export type * from "./src/types.ts";
export type { WaitOptions } from "./src/waiter.ts";

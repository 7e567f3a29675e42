/**
 * The API client and the sessions of AWS's first program, so that the program finds them on a fresh mock.
 *
 * @module
 */

import type { HostOptions } from "./host.ts";
import type { InitialSession } from "./session.ts";

/** The credentials that the program is printed with (DEV: access-token). */
export const DOCUMENTATION_CLIENT = {
  clientId: "794b2dbb-bd82-4707-a2f7-f3d9899cb386",
  clientSecret: "MzcxNzJhN2UtYjEzNS00MjNjLTg2N2YtMjFlZmRlZWNjMDU1",
} as const;

/** The host on which they are. */
export const DOCUMENTATION_HOST: HostOptions = {
  hostname: "ip-10-0-4-4",
  ip: "10.0.4.4",
  tags: { ram: "4gb" },
  memoryBytes: 4 * 1024 ** 3,
  maxConcurrentSessionsPerUser: 2,
};

/** Sessions by id and owner, as the guide's DescribeSessions request names them. */
export const DOCUMENTATION_SESSIONS: readonly InitialSession[] = ["SessionId1895", "SessionId1897"].map((
  id,
) => ({
  id,
  owner: "an owner 1890",
  server: DOCUMENTATION_HOST.hostname,
}));

/**
 * The sessions that AWS's guide asks for in its first program, so that the program finds them on a fresh mock.
 *
 * @module
 */

import type { HostOptions } from "./host.ts";
import type { InitialSession } from "./session.ts";

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

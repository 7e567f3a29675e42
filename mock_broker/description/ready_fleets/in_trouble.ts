/**
 * A ready fleet: what a bad day looks like.
 *
 * @module
 */

/** A fleet file in which hardly a host is as it should be. */
export const IN_TROUBLE = `# A fleet in trouble: each host shows something that a portal has to cope with.
servers:
  - { hostname: healthy, tags: { ram: 16gb }, maxVirtualSessions: 2 }
  # SERVER_FULL
  - { hostname: full, tags: { ram: 16gb }, maxVirtualSessions: 1 }
  # SERVER_CLOSED, with a session that may go on
  - { hostname: closed, tags: { ram: 16gb }, closed: true }
  # UNREACHABLE_AGENT within seconds, and its session is UNKNOWN
  - { hostname: silent, tags: { ram: 16gb }, agentConnected: false }
  # UNHEALTHY_DCV_SERVER, and its session is UNKNOWN
  - { hostname: no-dcv, tags: { ram: 16gb }, dcvHealthy: false }
  # EXISTING_LOGGED_IN_USER
  - { hostname: occupied, os: windows, tags: { ram: 32gb }, loggedInUsers: [Administrator] }
  # Takes sessions, and fails to create them
  - hostname: no-licence
    tags: { ram: 64gb }
    creationFailure: No licence available for this session
  # Only these users exist here: sessions of others fail
  - { hostname: strangers, tags: { ram: 128gb }, users: [root] }

sessions:
  - { owner: ana, name: fine, server: healthy }
  - { owner: ben, name: the last place, server: full }
  - { owner: chloe, name: goes on, server: closed }
  - { owner: dmitri, name: out of reach, server: silent }
  - { owner: ema, name: nobody knows, server: no-dcv }

# Creations that wait for room give up after a minute, deleted sessions are gone after one
properties:
  create-sessions-queue-max-time-seconds: 60
  delete-session-duration-seconds: 60

# One in five screenshots fails, and every tenth listing of servers meets a broker that is overloaded
faults:
  - id: screenshots
    operation: getSessionScreenshots
    probability: 0.2
    fault: { type: failItem, reason: Internal error }
  - id: overload
    operation: describeServers
    probability: 0.1
    fault: { type: status, status: 503, body: { error: Service Unavailable } }

timings:
  preparation: [4000, 12000]
  deletion: [3000, 8000]
  agentTimeout: [1000, 3000]
`;

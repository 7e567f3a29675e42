/**
 * How the command explains itself.
 *
 * @module
 */

/** What `--help` prints. */
export const USAGE = `A simulated Amazon DCV Session Manager broker with a simulated fleet.

Usage: dcv-mock-broker [options]

Where it listens
  --port NUMBER           port for clients (default 8443; 0 is any free one)
  --agent-port NUMBER     port for agents and DCV servers, 8445 on a real broker (default: none)
  --gateway-port NUMBER   port for Connection Gateways, 8447 on a real broker (default: none)
  --host ADDRESS          address to listen on (default 127.0.0.1, for this machine only)

HTTPS
  --ca-file PATH          where to write the CA certificate (default mock-broker-ca.pem)
  --ca-dir PATH           folder that keeps the CA, so that clients trust the next start too
                          (default: a new CA each time)
  --name NAME             one more host name in the certificate; may be repeated
                          (default: localhost, 127.0.0.1, ::1 and the address)
  --cert PATH --key PATH  your own certificate and its private key, PEM files
  --no-tls                plain HTTP

The world
  --fleet NAME|PATH       small-lab, large, in-trouble, or a fleet file of your own
                          (default: a few hosts, and the sessions of AWS's first example)
  --watch                 takes over changes to the fleet file while running
  --properties PATH       a session-manager-broker.properties file (default: the broker's defaults)
  --client-id ID          API client id (default random)
  --client-secret SECRET  API client secret (default random)
  --seed NUMBER           makes ids and durations the same each time (default: none)
  --speed NUMBER          simulated seconds in a real one (default 1)
  --frozen                time stands until it is moved through the control API

Control
  --control, --no-control the API under /_mock that controls the world
                          (default: on where only this machine can reach it)
  --worlds                URLs such as /worlds/NAME lead to worlds of their own, for tests that run at once

Output
  --log FORMAT            readable: a line for each request; json: the same for programs, without
                          any secret; quiet: none (default readable)
  --print-fleet NAME      prints a ready fleet, as a fleet file to start from, and ends
  --print-schema          prints the JSON Schema of fleet files, for editors, and ends
  --help                  prints this text, and ends
`;

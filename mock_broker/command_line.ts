/**
 * The command line of `dcv-mock-broker`.
 *
 * @module
 */

import { parseArgs } from "node:util";

/** What the command line says. */
export interface CommandLine {
  readonly help: boolean;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly agentPort: number | undefined;
  readonly gatewayPort: number | undefined;
  readonly tls: boolean;
  readonly caFile: string;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly seed: number | undefined;
  readonly speed: number | undefined;
}

/** What `--help` prints. */
export const USAGE = `A simulated Amazon DCV Session Manager broker with a simulated fleet.

Usage: dcv-mock-broker [options]

  --port NUMBER           port for clients (default 8443; 0 is any free one)
  --agent-port NUMBER     port for agents and DCV servers, 8445 on a real broker (default: none)
  --gateway-port NUMBER   port for Connection Gateways, 8447 on a real broker (default: none)
  --host ADDRESS          address to listen on (default 127.0.0.1)
  --no-tls                plain HTTP
  --ca-file PATH          where to write the CA certificate (default mock-broker-ca.pem)
  --client-id ID          API client id (default random)
  --client-secret SECRET  API client secret (default random)
  --seed NUMBER           makes ids and durations the same each time
  --speed NUMBER          simulated seconds in a real one (default 1)
  --help                  this text
`;

/** Reads the arguments; a `TypeError` says what is wrong with them. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values } = parseArgs({
    args,
    strict: true,
    allowNegative: true,
    options: {
      help: { type: "boolean", short: "h", default: false },
      port: { type: "string" },
      "agent-port": { type: "string" },
      "gateway-port": { type: "string" },
      host: { type: "string" },
      tls: { type: "boolean", default: true },
      "ca-file": { type: "string", default: "mock-broker-ca.pem" },
      "client-id": { type: "string" },
      "client-secret": { type: "string" },
      seed: { type: "string" },
      speed: { type: "string" },
    },
  });
  return {
    help: values.help,
    port: port("--port", values.port),
    agentPort: port("--agent-port", values["agent-port"]),
    gatewayPort: port("--gateway-port", values["gateway-port"]),
    host: values.host,
    tls: values.tls,
    caFile: values["ca-file"],
    clientId: values["client-id"],
    clientSecret: values["client-secret"],
    seed: number("--seed", values.seed, Number.isSafeInteger, "a whole number"),
    speed: number("--speed", values.speed, (value) => value > 0 && value < Infinity, "a positive number"),
  };
}

function port(option: string, text: string | undefined): number | undefined {
  const isPort = (value: number) => Number.isInteger(value) && value >= 0 && value <= 65_535;
  return number(option, text, isPort, "a port from 0 to 65535");
}

function number(
  option: string,
  text: string | undefined,
  isRight: (value: number) => boolean,
  wanted: string,
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (isRight(value)) return value;
  throw new TypeError(`Option ${option} must be ${wanted}: ${text}`);
}

/**
 * The command line of `dcv-mock-broker`.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { READY_FLEETS } from "../description/ready_fleets.ts";

/** How requests are told of. */
export type LogFormat = "readable" | "json" | "quiet";

/** What the command line says. */
export interface CommandLine {
  readonly help: boolean;
  readonly printFleet: string | undefined;
  readonly printSchema: boolean;
  readonly port: number | undefined;
  readonly agentPort: number | undefined;
  readonly gatewayPort: number | undefined;
  readonly host: string | undefined;
  readonly tls: boolean;
  readonly caFile: string;
  readonly caDir: string | undefined;
  readonly names: readonly string[];
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly fleet: string | undefined;
  readonly watch: boolean;
  readonly properties: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly seed: number | undefined;
  readonly speed: number | undefined;
  readonly frozen: boolean;
  /** `undefined` leaves it to the address that is listened on. */
  readonly control: boolean | undefined;
  readonly worlds: boolean;
  readonly log: LogFormat;
}

const LOG_FORMATS: readonly LogFormat[] = ["readable", "json", "quiet"];

/** Reads the arguments; a `TypeError` says what is wrong with them. */
export function parseCommandLine(args: string[]): CommandLine {
  const { values } = parseArgs({
    args,
    strict: true,
    allowNegative: true,
    options: {
      help: { type: "boolean", short: "h", default: false },
      "print-fleet": { type: "string" },
      "print-schema": { type: "boolean", default: false },
      port: { type: "string" },
      "agent-port": { type: "string" },
      "gateway-port": { type: "string" },
      host: { type: "string" },
      tls: { type: "boolean", default: true },
      "ca-file": { type: "string", default: "mock-broker-ca.pem" },
      "ca-dir": { type: "string" },
      name: { type: "string", multiple: true, default: [] },
      cert: { type: "string" },
      key: { type: "string" },
      fleet: { type: "string" },
      watch: { type: "boolean", default: false },
      properties: { type: "string" },
      "client-id": { type: "string" },
      "client-secret": { type: "string" },
      seed: { type: "string" },
      speed: { type: "string" },
      frozen: { type: "boolean", default: false },
      control: { type: "boolean" },
      worlds: { type: "boolean", default: false },
      log: { type: "string", default: "readable" },
    },
  });
  const line: CommandLine = {
    help: values.help,
    printFleet: values["print-fleet"],
    printSchema: values["print-schema"],
    port: port("--port", values.port),
    agentPort: port("--agent-port", values["agent-port"]),
    gatewayPort: port("--gateway-port", values["gateway-port"]),
    host: values.host,
    tls: values.tls,
    caFile: values["ca-file"],
    caDir: values["ca-dir"],
    names: values.name,
    cert: values.cert,
    key: values.key,
    fleet: values.fleet,
    watch: values.watch,
    properties: values.properties,
    clientId: values["client-id"],
    clientSecret: values["client-secret"],
    seed: number("--seed", values.seed, Number.isSafeInteger, "a whole number"),
    speed: number("--speed", values.speed, (value) => value > 0 && value < Infinity, "a positive number"),
    frozen: values.frozen,
    control: values.control,
    worlds: values.worlds,
    log: logFormat(values.log),
  };
  refuseContradictions(line);
  return line;
}

function refuseContradictions({ tls, cert, key, caDir, watch, fleet, frozen, speed }: CommandLine): void {
  if ((cert === undefined) !== (key === undefined)) {
    throw new TypeError("Options --cert and --key go together");
  }
  if (cert !== undefined && caDir !== undefined) {
    throw new TypeError(
      "Options --cert and --ca-dir exclude each other: a certificate of your own needs no CA here",
    );
  }
  if (!tls && (cert ?? caDir) !== undefined) {
    throw new TypeError(
      `Option --no-tls leaves nothing to do for ${cert === undefined ? "--ca-dir" : "--cert"}`,
    );
  }
  if (watch && fleet === undefined) throw new TypeError("Option --watch needs a fleet file: --fleet PATH");
  if (watch && Object.hasOwn(READY_FLEETS, fleet!)) {
    throw new TypeError(`Option --watch needs a fleet file of your own: ${fleet} never changes`);
  }
  if (frozen && speed !== undefined) throw new TypeError("Options --frozen and --speed exclude each other");
}

function logFormat(text: string): LogFormat {
  const format = LOG_FORMATS.find((known) => known === text);
  if (format) return format;
  throw new TypeError(`Option --log must be one of ${LOG_FORMATS.join(", ")}: ${text}`);
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

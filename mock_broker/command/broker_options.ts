/**
 * The broker that a command line asks for.
 *
 * @module
 */

import { DEFAULT_FLEET } from "../description/default_fleet.ts";
import { DOCUMENTATION_HOST, DOCUMENTATION_SESSIONS } from "../description/documentation_sessions.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import type { CommandLine } from "./command_line.ts";
import { defaultClient } from "./default_client.ts";
import { readProperties } from "./properties_file.ts";

/** Room counts with an agent's next report, which comes within its update interval. */
export const AGENT_RHYTHM = [1_000, 30_000] as const;

/** The world of a command without a fleet file: that of AWS's first example. */
export const DEFAULT_WORLD: MockBrokerOptions = {
  servers: [...DEFAULT_FLEET, DOCUMENTATION_HOST],
  sessions: DOCUMENTATION_SESSIONS,
};

/** Options of a broker, from the files that are named; what the command line itself says wins over them. */
export async function brokerOptions(
  line: CommandLine,
  warn: (text: string) => void,
): Promise<MockBrokerOptions> {
  const world = await fleetOf(line);
  const properties = line.properties === undefined
    ? world.properties
    : await readProperties(line.properties, warn);
  return {
    ...world,
    timings: { roomReport: AGENT_RHYTHM, ...world.timings },
    properties: line.gatewayPort === undefined ? properties : withGateway(properties),
    clients: clients(line, world),
    seed: line.seed ?? world.seed,
    clock: clock(line, world),
    control: control(line),
    worlds: line.worlds,
  };
}

/** YAML and the schema of fleet files are loaded only where they are needed. */
async function fleetOf({ fleet }: CommandLine): Promise<MockBrokerOptions> {
  if (fleet === undefined) return DEFAULT_WORLD;
  const { readFleet } = await import("./fleet.ts");
  return await readFleet(fleet);
}

/** The properties with the gateway connector switched on. */
export function withGateway(properties: MockBrokerOptions["properties"]): MockBrokerOptions["properties"] {
  // In a properties file the last line on a property counts.
  if (typeof properties === "string") return `${properties}\nenable-gateway=true\n`;
  return { ...properties, "enable-gateway": true };
}

function clients(line: CommandLine, world: MockBrokerOptions): MockBrokerOptions["clients"] {
  const { clientId, clientSecret } = line;
  const known = world.clients ?? [];
  if (clientId === undefined && clientSecret === undefined && known.length > 0) return known;
  const byDefault = defaultClient(line);
  return [{
    clientId: clientId ?? byDefault.clientId,
    clientSecret: clientSecret ?? byDefault.clientSecret,
  }, ...known];
}

function clock(
  { speed, frozen, clock: mode = frozen ? "manual" : undefined }: CommandLine,
  world: MockBrokerOptions,
): MockBrokerOptions["clock"] {
  const given = typeof world.clock === "string" ? { mode: world.clock } : world.clock;
  if (mode) return { ...given, mode, ...(speed !== undefined && { speed }) };
  return speed === undefined ? given : { ...given, mode: "real", speed };
}

/** Names in the certificate are names under which other machines reach the control API too, if it is for them. */
function control({ control, name: names = [] }: CommandLine): MockBrokerOptions["control"] {
  return control && names.length > 0 ? { hosts: names } : control;
}

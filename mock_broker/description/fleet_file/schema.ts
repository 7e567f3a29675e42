/**
 * What may stand in a fleet file: the options of a broker, and `count`, for many of a kind.
 *
 * It checks files and is what editors get as a JSON Schema.
 *
 * @module
 */

import type { z } from "zod";
import { propertiesSchema } from "../broker_properties.ts";
import { clockInFileSchema } from "../clock.ts";
import { hostSchema } from "../host.ts";
import { once } from "../once.ts";
import { OPTION_SCHEMAS } from "../option_schemas.ts";
import { anyText, list, object, wholeNumber } from "../rules.ts";
import { initialSessionSchema } from "../session.ts";

/** Most hosts or sessions that one entry can stand for. */
const MOST_OF_A_KIND = 100_000;

/** The rules of a fleet file as a whole. */
export const fleetFileSchema = once(() => {
  const { seed, clients, timings, faults, journalSize, authServers, dnsMappings } = OPTION_SCHEMAS;
  const count = (what: string) =>
    wholeNumber(1, MOST_OF_A_KIND).optional().describe(`How many such ${what} there are (default 1)`);
  const server = object({ count: count("hosts"), ...hostSchema().shape }).describe("Hosts of one kind");
  const session = object({ count: count("sessions"), ...initialSessionSchema().shape })
    .describe("Sessions that are READY from the start");
  return object({
    $schema: anyText().optional().describe("Where the JSON Schema of this file is, for editors"),
    servers: list(server).optional().describe("The fleet (default four Linux and two Windows hosts)"),
    sessions: list(session).optional().describe("Sessions that are READY from the start (default none)"),
    clients: clients().optional().describe("The registered API clients (default one)"),
    properties: propertiesSchema().optional()
      .describe("Broker properties, by their names in session-manager-broker.properties"),
    timings: timings().optional().describe("How long things take, as [least, most] milliseconds"),
    seed: seed().optional().describe("Settles all chance, so that every run is the same"),
    clock: clockInFileSchema().optional().describe("What simulated time follows (default real)"),
    faults: faults().optional().describe("What goes wrong from the start (default nothing)"),
    journalSize: journalSize().optional().describe("How many requests the journal keeps (default 1000)"),
    authServers: authServers().optional().describe("Key sets (JWKS) of external authorization servers"),
    dnsMappings: dnsMappings().optional().describe("Names under which gateways reach servers"),
  }).describe("The world of a mock DCV Session Manager broker");
});

/** A fleet file, checked. */
export type FleetFile = z.output<ReturnType<typeof fleetFileSchema>>;

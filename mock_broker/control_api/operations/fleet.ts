/**
 * Operations on fleet files.
 *
 * @module
 */

import { type ControlOperation, controlOperation } from "../operation.ts";
import { fleetFileOf } from "../fleet_file_of.ts";
import * as schemas from "../schemas/fleet.ts";

export const FLEET_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "getFleet",
    method: "get",
    path: "/fleet",
    tag: "fleet",
    summary: "Shows the fleet file to which a reset goes back, without API clients",
    response: schemas.FleetFile,
    handle: (broker) => fleetFileOf(broker.options),
  }),
  controlOperation({
    operationId: "replaceFleet",
    method: "put",
    path: "/fleet",
    tag: "fleet",
    summary: "Takes over a changed fleet file while the world goes on",
    body: schemas.FleetFile,
    response: schemas.Reconfiguration,
    async handle(broker, { body }) {
      const { parseFleetFile } = await import("../../description/fleet_file.ts");
      const { clients, control, worlds } = broker.options;
      const fleet = parseFleetFile(JSON.stringify(body), "body");
      return broker.reconfigure({ ...fleet, clients: fleet.clients ?? clients, control, worlds });
    },
  }),
  controlOperation({
    operationId: "importFleet",
    method: "post",
    path: "/fleet/import",
    tag: "fleet",
    summary: "Makes a fleet file of a real broker's answers, and changes nothing",
    body: schemas.ImportRequest,
    response: schemas.FleetFileText,
    async handle(_broker, { body: { answers, ...options } }) {
      // YAML is loaded only where it is needed.
      const { importFleet } = await import("../../import/import_fleet.ts");
      return { fleetFile: importFleet(answers, options) };
    },
  }),
];

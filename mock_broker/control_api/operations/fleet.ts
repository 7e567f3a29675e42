/**
 * Operations on fleet files.
 *
 * @module
 */

import { type ControlOperation, controlOperation } from "../operation.ts";
import * as schemas from "../schemas/fleet.ts";

export const FLEET_OPERATIONS: readonly ControlOperation[] = [
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

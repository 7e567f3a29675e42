/**
 * Operations on faults.
 *
 * @module
 */

import { FAULT_PRESETS } from "../../control/fault_presets.ts";
import { NotFoundError } from "../../control/not_found_error.ts";
import * as z from "zod";
import { type ControlOperation, controlOperation } from "../operation.ts";
import { text } from "../schemas/registry.ts";
import * as schemas from "../schemas/faults.ts";

export const FAULT_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "listFaults",
    method: "get",
    path: "/faults",
    tag: "faults",
    summary: "Lists the rules in force",
    response: schemas.Faults,
    handle: (broker) => ({ faults: broker.faults.list() }),
  }),
  controlOperation({
    operationId: "addFault",
    method: "post",
    path: "/faults",
    tag: "faults",
    summary: "Puts a rule in force",
    body: schemas.FaultRule,
    response: schemas.FaultIds,
    handle: (broker, { body }) => ({ ids: [broker.faults.add(body)] }),
  }),
  controlOperation({
    operationId: "clearFaults",
    method: "delete",
    path: "/faults",
    tag: "faults",
    summary: "Takes all rules out of force",
    handle: (broker) => broker.faults.clear(),
  }),
  controlOperation({
    operationId: "removeFault",
    method: "delete",
    path: "/faults/{id}",
    tag: "faults",
    summary: "Takes a rule out of force",
    parameters: z.object({ id: text }),
    handle(broker, { parameters: { id } }) {
      if (!broker.faults.remove(id)) throw new NotFoundError(`No fault in force has this id: ${id}`);
    },
  }),
  controlOperation({
    operationId: "applyFaultPreset",
    method: "post",
    path: "/faults/presets/{preset}",
    tag: "faults",
    summary: `Lets something happen that happens to real brokers: ${FAULT_PRESETS.join(", ")}`,
    parameters: z.object({ preset: z.enum(FAULT_PRESETS) }),
    response: schemas.FaultIds,
    handle: (broker, { parameters: { preset } }) => ({ ids: broker.faults.preset(preset) }),
  }),
];

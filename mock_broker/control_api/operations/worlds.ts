/**
 * Operations on further worlds beside the broker's own.
 *
 * @module
 */

import { NotFoundError } from "../../control/not_found_error.ts";
import type { WorldSource } from "../../control/broker_control.ts";
import * as z from "zod";
import { type ControlOperation, controlOperation } from "../operation.ts";
import { text } from "../schemas/registry.ts";
import * as schemas from "../schemas/worlds.ts";

export const WORLDS_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "listWorlds",
    method: "get",
    path: "/worlds",
    tag: "worlds",
    summary: "Lists the worlds beside the broker's own",
    response: schemas.Worlds,
    handle: (broker) => ({ worlds: broker.worlds.list() }),
  }),
  controlOperation({
    operationId: "makeWorld",
    method: "put",
    path: "/worlds/{name}",
    tag: "worlds",
    summary: "Makes a world unless there is one with this name; with a body, of what it names, in its place",
    parameters: z.object({ name: text }),
    body: schemas.WorldSource.optional(),
    async handle(broker, { parameters: { name }, body }) {
      if (body === undefined) return void broker.worlds.get(name);
      const { fleet, ...source } = body;
      if (fleet === undefined) return void broker.worlds.make(name, source as WorldSource);
      const { parseFleetFile } = await import("../../description/fleet_file.ts");
      broker.worlds.make(name, {
        ...source as WorldSource,
        fleet: parseFleetFile(JSON.stringify(fleet), "fleet"),
      });
    },
  }),
  controlOperation({
    operationId: "removeWorld",
    method: "delete",
    path: "/worlds/{name}",
    tag: "worlds",
    summary: "Drops a world",
    parameters: z.object({ name: text }),
    handle(broker, { parameters: { name } }) {
      if (!broker.worlds.remove(name)) throw new NotFoundError(`No world has this name: ${name}`);
    },
  }),
];

/**
 * Operations on further worlds beside the broker's own.
 *
 * @module
 */

import { NotFoundError } from "../../control/not_found_error.ts";
import { z } from "zod";
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
    summary: "Makes a world unless there is one with this name",
    parameters: z.object({ name: text }),
    handle: (broker, { parameters: { name } }) => void broker.worlds.get(name),
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

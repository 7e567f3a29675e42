/**
 * Operations on the broker as a whole: its state, its beginning, its restart, its tokens.
 *
 * @module
 */

import { type ControlOperation, controlOperation } from "../operation.ts";
import type { SavedWorld } from "../../description/saved_world.ts";
import * as schemas from "../schemas/world.ts";

export const WORLD_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "getState",
    method: "get",
    path: "/state",
    tag: "world",
    summary: "Shows the state as a whole, with the first hosts and sessions",
    query: schemas.StateQuery,
    response: schemas.State,
    handle: (broker, { query }) => ({
      ...broker.state(),
      properties: { ...broker.state().properties },
      hosts: broker.hosts.list({ limit: query.hosts }),
      sessions: broker.sessions.list({ limit: query.sessions }),
    }),
  }),
  controlOperation({
    operationId: "getFleetMetrics",
    method: "get",
    path: "/fleet-metrics",
    tag: "world",
    summary: "Shows what a real broker would tell Amazon CloudWatch of its fleet",
    response: schemas.FleetMetrics,
    handle: (broker) => ({ ...broker.fleetMetrics() }),
  }),
  controlOperation({
    operationId: "getUpcoming",
    method: "get",
    path: "/upcoming",
    tag: "world",
    summary: "Shows what happens next",
    query: schemas.UpcomingQuery,
    response: schemas.Upcoming,
    handle: (broker, { query }) => broker.upcoming(query),
  }),
  controlOperation({
    operationId: "getActivity",
    method: "get",
    path: "/activity",
    tag: "world",
    summary: "Shows requests, errors and sessions over the last minutes",
    response: schemas.Activity,
    handle: (broker) => ({ steps: broker.activity() }),
  }),
  controlOperation({
    operationId: "saveWorld",
    method: "get",
    path: "/world",
    tag: "world",
    summary: "Saves the world, without secrets unless they are asked for",
    query: schemas.SaveQuery,
    response: schemas.SavedWorld,
    handle: (broker, { query }) => ({ ...broker.save(query) }),
  }),
  controlOperation({
    operationId: "restoreWorld",
    method: "put",
    path: "/world",
    tag: "world",
    summary: "Goes on from a saved world in place of its own",
    body: schemas.SavedWorld,
    handle: (broker, { body }) => broker.restore(body as unknown as SavedWorld),
  }),
  controlOperation({
    operationId: "reset",
    method: "post",
    path: "/reset",
    tag: "world",
    summary: "Goes back to the beginning",
    handle: (broker) => broker.reset(),
  }),
  controlOperation({
    operationId: "restart",
    method: "post",
    path: "/restart",
    tag: "world",
    summary: "Restarts the broker: what it does not persist is lost",
    handle: (broker) => broker.restart(),
  }),
  controlOperation({
    operationId: "revokeTokens",
    method: "post",
    path: "/tokens/revoke",
    tag: "world",
    summary: "Makes every access token invalid",
    handle: (broker) => broker.revokeTokens(),
  }),
  controlOperation({
    operationId: "shutDown",
    method: "post",
    path: "/shutdown",
    tag: "world",
    summary: "Closes the server, and ends the command if it is one; running requests are answered",
    handle(_broker, { shutDown }) {
      if (!shutDown) throw new TypeError("There is no server to close: the request came in process");
      shutDown();
    },
  }),
];

/**
 * Operations on sessions, and on who is connected to them.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import * as z from "zod";
import { type ControlOperation, controlOperation } from "../operation.ts";
import { text } from "../schemas/registry.ts";
import * as schemas from "../schemas/sessions.ts";

export const SESSION_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "listSessions",
    method: "get",
    path: "/sessions",
    tag: "sessions",
    summary: "Lists the sessions that the broker lists",
    query: schemas.SessionQuery,
    response: schemas.Sessions,
    handle: (broker, { query }) => broker.sessions.list(query),
  }),
  controlOperation({
    operationId: "createSessionOnHost",
    method: "post",
    path: "/sessions",
    tag: "sessions",
    summary: "Creates a session on a host, without the broker",
    body: schemas.LocalSession,
    response: schemas.SessionId,
    handle: (broker, { body: { host, ...session } }) => ({ id: broker.sessions.createOnHost(host, session) }),
  }),
  controlOperation({
    operationId: "getSession",
    method: "get",
    path: "/sessions/{id}",
    tag: "sessions",
    summary: "Shows a session with its history",
    parameters: z.object({ id: text }),
    response: schemas.SessionSnapshot,
    handle: (broker, { parameters: { id } }) => broker.sessions.get(id),
  }),
  controlOperation({
    operationId: "getScreenshot",
    method: "get",
    path: "/sessions/{id}/screenshot",
    tag: "sessions",
    summary: "Shows a READY session as a picture",
    parameters: z.object({ id: text }),
    query: schemas.ScreenshotQuery,
    response: schemas.Screenshot,
    async handle(broker, { parameters: { id }, query }) {
      const image = await broker.sessions.screenshot(id, query);
      return { format: "png" as const, image: Buffer.from(image).toString("base64") };
    },
  }),
  controlOperation({
    operationId: "connectUser",
    method: "post",
    path: "/sessions/{id}/connections",
    tag: "sessions",
    summary: "Connects a user's client to a READY session",
    parameters: z.object({ id: text }),
    body: schemas.Connection,
    handle: (broker, { parameters: { id }, body }) => broker.sessions.connect(id, body.user),
  }),
  controlOperation({
    operationId: "disconnectUser",
    method: "delete",
    path: "/sessions/{id}/connections/{user}",
    tag: "sessions",
    summary: "Disconnects a user's client",
    parameters: z.object({ id: text, user: text }),
    handle: (broker, { parameters: { id, user } }) => broker.sessions.disconnect(id, user),
  }),
];

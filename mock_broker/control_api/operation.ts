/**
 * What an operation of the control API is made of.
 *
 * @module
 */

import type { z } from "zod";
import type { BrokerControl } from "../control/broker_control.ts";

/** What a caller sent, checked. */
export interface ControlInput<Query, Body> {
  /** The values of the path's parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly signal: AbortSignal;
}

/** One operation: how it is called, and what it does. */
export interface ControlOperation {
  readonly operationId: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Under `/_mock`, as in OpenAPI, with `{parameters}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  /** What it answers; nothing, with 204, if absent. */
  readonly response?: z.ZodType;
  handle(broker: BrokerControl, input: ControlInput<unknown, unknown>): unknown;
}

type Checked<T extends z.ZodType | undefined> = T extends z.ZodType ? z.output<T> : undefined;

/** Binds the types of what is sent to the schemas that check it. */
export function controlOperation<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  about: Omit<ControlOperation, "query" | "body" | "handle"> & {
    query?: Query;
    body?: { schema: NonNullable<Body>; required: boolean };
    handle(broker: BrokerControl, input: ControlInput<Checked<Query>, Checked<Body>>): unknown;
  },
): ControlOperation {
  return about as ControlOperation;
}

/**
 * What an operation of the control API is made of.
 *
 * @module
 */

import type { z } from "zod";
import type { BrokerControl } from "../control/broker_control.ts";
import { checkBody, checkParameters } from "./request_checks.ts";

/** One operation: how it is called, what it takes and answers, and what it does. */
export interface ControlOperation {
  readonly operationId: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Under `/_mock`, as in OpenAPI, with `{parameters}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** If its schema is optional, the body may be left out. */
  readonly body?: z.ZodType;
  /** Without one it has nothing to say: the status is 204. */
  readonly response?: z.ZodType;
  /** Checks a request and acts on it; what is to be answered. */
  readonly answer: (broker: BrokerControl, request: ControlRequest) => Promise<object | void>;
}

/** A request as far as an operation looks at it. */
export interface ControlRequest {
  /** The values of the path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly raw: Request;
  /** Closes the server that it came in through; absent in process. */
  readonly shutDown: (() => void) | undefined;
}

/** What operations are declared by: types and checks of what goes in and out come from the schemas. */
interface Declaration<Parameters, Query, Body, Answer>
  extends Omit<ControlOperation, "parameters" | "query" | "body" | "response" | "answer"> {
  readonly parameters?: z.ZodObject & z.ZodType<Parameters>;
  readonly query?: z.ZodObject & z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly response?: z.ZodType<Answer>;
  readonly handle: (
    broker: BrokerControl,
    input: {
      readonly parameters: Parameters;
      readonly query: Query;
      readonly body: Body;
      readonly shutDown: ControlRequest["shutDown"];
    },
  ) => NoInfer<Immutable<Answer>> | Promise<NoInfer<Immutable<Answer>>>;
}

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;

/** An operation that checks what it takes before it acts. */
export function controlOperation<
  Parameters = undefined,
  Query = undefined,
  Body = undefined,
  Answer extends object | void = void,
>({ handle, ...about }: Declaration<Parameters, Query, Body, Answer>): ControlOperation {
  return {
    ...about,
    async answer(broker, { parameters, query, raw, shutDown }) {
      return await handle(broker, {
        shutDown,
        parameters: checkParameters("Path", parameters, about.parameters),
        query: checkParameters("Query", query, about.query),
        body: await checkBody(raw, about.body),
      });
    },
  };
}

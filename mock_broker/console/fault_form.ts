/**
 * Faults as a person sets them: what each kind asks for, and the rule that is made of it.
 *
 * @module
 */

import {
  AUTHORIZED_OPERATIONS,
  BATCH_OPERATIONS,
  type Fault,
  type FaultRule,
  OPERATION_NAMES,
  type OperationName,
} from "../simulation/fault_rule.ts";
import type { Fields } from "./fields.ts";

/** A field of a kind of fault. */
export interface FaultField {
  readonly name: string;
  readonly label: string;
  readonly kind: "number" | "text" | "lines" | "box";
  readonly value?: string;
}

/** A kind of fault. */
export interface FaultKind {
  /** What happens. */
  readonly about: string;
  readonly fields: readonly FaultField[];
  /** What it can strike. */
  readonly operations: readonly OperationName[];
  /** The fault that was asked for. */
  read(fields: Fields): Fault;
}

const HANDLED: FaultField = {
  name: "handled",
  label: "The broker acts on the request all the same",
  kind: "box",
};

/** The kinds of faults. */
export const FAULT_KINDS: Readonly<Record<Fault["type"], FaultKind>> = {
  status: {
    about: "Answers with a status of your choice",
    operations: OPERATION_NAMES,
    fields: [
      { name: "status", label: "Status", kind: "number", value: "503" },
      { name: "body", label: "Body, JSON or text", kind: "lines" },
      { name: "headers", label: "Headers, one a line: name: value", kind: "lines" },
      HANDLED,
    ],
    read: (fields) => ({
      type: "status",
      status: fields.number("status"),
      body: bodyOf(fields.optionalText("body")),
      headers: fields.pairs("headers", ":"),
      handled: fields.isTicked("handled"),
    }),
  },
  delay: {
    about: "Answers late, in simulated time",
    operations: OPERATION_NAMES,
    fields: [
      { name: "milliseconds", label: "Milliseconds", kind: "number", value: "2000" },
      { name: "upTo", label: "Up to (milliseconds, optional)", kind: "number" },
    ],
    read(fields) {
      const from = fields.number("milliseconds");
      const to = fields.optionalNumber("upTo");
      return { type: "delay", milliseconds: to === undefined ? from : [from, to] };
    },
  },
  reset: {
    about: "Resets the connection before an answer",
    operations: OPERATION_NAMES,
    fields: [HANDLED],
    read: (fields) => ({ type: "reset", handled: fields.isTicked("handled") }),
  },
  noAnswer: {
    about: "Gives no answer until the caller gives up",
    operations: OPERATION_NAMES,
    fields: [HANDLED],
    read: (fields) => ({ type: "noAnswer", handled: fields.isTicked("handled") }),
  },
  cutOff: {
    about: "Acts and answers, but the connection ends within the body",
    operations: OPERATION_NAMES,
    fields: [{ name: "afterBytes", label: "Bytes that arrive (half of them if empty)", kind: "number" }],
    read: (fields) => ({ type: "cutOff", afterBytes: fields.optionalNumber("afterBytes") }),
  },
  garble: {
    about: "Acts and answers, but with a body that nobody can read",
    operations: OPERATION_NAMES,
    fields: [],
    read: () => ({ type: "garble" }),
  },
  throttle: {
    about: "Answers 429, too many requests",
    operations: OPERATION_NAMES,
    fields: [{ name: "retryAfter", label: "Retry-After, in seconds (optional)", kind: "number" }],
    read: (fields) => ({ type: "throttle", retryAfter: fields.optionalNumber("retryAfter") }),
  },
  refuseToken: {
    about: "Answers 401, as for a token that the broker does not know",
    operations: AUTHORIZED_OPERATIONS,
    fields: [],
    read: () => ({ type: "refuseToken" }),
  },
  failItem: {
    about: "Lets items of a batch fail, and nothing happens to them",
    operations: BATCH_OPERATIONS,
    fields: [
      { name: "reason", label: "FailureReason", kind: "text", value: "Internal error" },
      { name: "code", label: "FailureCode, for openServers and closeServers (optional)", kind: "text" },
    ],
    read: (fields) => ({
      type: "failItem",
      reason: fields.text("reason"),
      code: fields.optionalText("code"),
    }),
  },
};

/** The kind with this name; `undefined` if there is none. */
export function faultKind(name: string): FaultKind | undefined {
  return Object.hasOwn(FAULT_KINDS, name) ? FAULT_KINDS[name as Fault["type"]] : undefined;
}

/** The rule that was asked for; whether it holds up is checked where it is put in force. */
export function faultRuleOf(fields: Fields): FaultRule {
  const kind = faultKind(fields.text("type"));
  if (!kind) throw new TypeError(`There is no fault of this type: ${fields.text("type")}`);
  const percent = fields.optionalNumber("percent");
  const seconds = fields.optionalNumber("seconds");
  return {
    operation: fields.optionalText("operation") as OperationName | undefined,
    clientId: fields.optionalText("clientId"),
    item: fields.optionalText("item"),
    skip: fields.optionalNumber("skip"),
    times: fields.optionalNumber("times"),
    probability: percent === undefined ? undefined : percent / 100,
    duration: seconds === undefined ? undefined : seconds * 1_000,
    fault: kind.read(fields),
  };
}

function bodyOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

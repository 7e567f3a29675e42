/**
 * What a fault rule may say, for programs, for the control API and its description, and for fleet files.
 *
 * @module
 */

import * as z from "zod";
import {
  AUTHORIZED_OPERATIONS,
  BATCH_OPERATIONS,
  type Fault,
  type FaultRule,
  OPERATION_NAMES,
  type OperationName,
} from "../simulation/fault_rule.ts";
import { once } from "./once.ts";
import {
  dictionary,
  either,
  flag,
  list,
  numberFrom,
  object,
  oneOf,
  positiveNumber,
  range,
  text,
  textLike,
  wholeNumber,
} from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

const MOST_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Statuses whose answers have no body. */
const WITHOUT_BODY = [204, 205, 304];

/** The members of a rule. */
export const faultRuleShape = once(() => {
  const operation = oneOf(...OPERATION_NAMES);
  return {
    id: textLike(/^[^]{1,100}$/, "a text of 1 to 100 characters").optional().describe("Names the rule"),
    operation: either(
      `one of ${OPERATION_NAMES.join(", ")}, or a list of them`,
      operation,
      list(operation).min(1),
    ).optional(),
    clientId: text().optional().describe("The API client that calls"),
    item: text().optional()
      .describe("A session's id or name, an owner, or a server's id that the request names"),
    skip: wholeNumber(0).optional()
      .describe("How many matching requests pass before the first one is struck"),
    times: wholeNumber(1).optional().describe("How many are struck; then the rule is gone"),
    probability: numberFrom(0, 1).optional().describe("The share that is struck"),
    duration: positiveNumber().optional().describe("Milliseconds of simulated time in force"),
    fault: faultSchema(),
  };
});

/** One rule. */
export const faultRuleSchema = once(() =>
  object(faultRuleShape()).superRefine((rule, context) => {
    const { operation, fault } = rule;
    if (fault.type === "reset" && fault.refused) checkRefusal(rule, context);
    const possible = strikable(fault);
    const impossible = [operation ?? []].flat().find((name) => !possible.includes(name));
    if (impossible === undefined) return;
    const message = `must be one of ${possible.join(", ")} for a fault of type ${fault.type}`;
    context.addIssue({ code: "custom", path: ["operation"], message, input: impossible });
  })
);

/** Nobody can tell what a connection is about that nobody accepts. */
function checkRefusal(rule: FaultRule, context: z.RefinementCtx): void {
  if (rule.duration === undefined) {
    const message = "must be given where connections are refused";
    context.addIssue({ code: "custom", path: ["duration"], message, input: undefined });
  }
  if (rule.fault.type === "reset" && rule.fault.handled) {
    const message = "must be absent where connections are refused";
    context.addIssue({ code: "custom", path: ["fault", "handled"], message, input: true });
  }
  const conditions = ["operation", "clientId", "item", "skip", "times", "probability"] as const;
  const condition = conditions.find((name) => rule[name] !== undefined);
  if (condition === undefined) return;
  const message = "must be absent where connections are refused";
  context.addIssue({ code: "custom", path: [condition], message, input: rule[condition] });
}

export type FaultRuleMatches = Expect<SameType<z.input<ReturnType<typeof faultRuleSchema>>, FaultRule>>;

function faultSchema() {
  const handled = flag().optional().describe("Whether the broker acts on the request all the same");
  return z.discriminatedUnion("type", [
    object({
      type: z.literal("status"),
      status: wholeNumber(200, 599),
      body: z.unknown().optional().describe("A text is sent as it is, anything else as JSON"),
      headers: headersSchema().optional(),
      handled,
    }).superRefine(({ status, body }, context) => {
      if (body === undefined || !WITHOUT_BODY.includes(status)) return;
      const message = `must be absent with the statuses ${WITHOUT_BODY.join(", ")}`;
      context.addIssue({ code: "custom", path: ["body"], message, input: body });
    }).describe("An answer with this status"),
    object({ type: z.literal("delay"), milliseconds: delaySchema() })
      .describe("The broker takes its time before it looks at the request"),
    object({
      type: z.literal("reset"),
      handled,
      refused: flag().optional().describe("Whether connections are refused: nobody listens for the duration"),
    })
      .describe("The connection is reset before any byte of an answer"),
    object({ type: z.literal("noAnswer"), handled }).describe("No answer comes until the caller gives up"),
    object({ type: z.literal("cutOff"), afterBytes: wholeNumber(0).optional() })
      .describe("The broker acts and answers, but the connection ends within the body"),
    object({ type: z.literal("garble") })
      .describe("The broker acts and answers, but with a body that is not what its headers say"),
    object({ type: z.literal("throttle"), retryAfter: retryAfterSchema().optional() })
      .describe("429, with the broker's words"),
    object({ type: z.literal("refuseToken") }).describe("401, as for a token that the broker does not know"),
    object({
      type: z.literal("failItem"),
      reason: text().describe("The item's FailureReason"),
      code: text().optional().describe("The item's FailureCode, for openServers and closeServers"),
    }).describe("An item of a batch goes to the UnsuccessfulList, and nothing happens to it"),
  ], {
    error: (issue) =>
      issue.code === "invalid_union" ? `must be one of ${FAULT_TYPES.join(", ")}` : "must be an object",
  });
}

const FAULT_TYPES: readonly Fault["type"][] = [
  "status",
  "delay",
  "reset",
  "noAnswer",
  "cutOff",
  "garble",
  "throttle",
  "refuseToken",
  "failItem",
];

function delaySchema() {
  const words =
    `a whole number of milliseconds up to ${MOST_MILLISECONDS}, or two of them, the smaller one first`;
  return either(words, wholeNumber(0, MOST_MILLISECONDS), range(0, MOST_MILLISECONDS, "milliseconds"))
    .describe("Simulated time, or its bounds");
}

function retryAfterSchema() {
  const words = "a whole number of seconds or an HTTP date";
  return either(words, wholeNumber(0), textLike(/^[ -~]+$/, words))
    .describe("Seconds, or an HTTP date, for a Retry-After header");
}

/** What HTTP allows in a header: no control character, nothing that could end the line. */
function headersSchema() {
  return dictionary(
    "an object of HTTP headers",
    textLike(/^[\t -~]*$/, "a text of printable ASCII characters"),
    z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/),
    "the name of an HTTP header",
  );
}

/** The operations that a fault can strike: health has no body to cut off or garble. */
function strikable({ type }: Fault): readonly OperationName[] {
  if (type === "failItem") return BATCH_OPERATIONS;
  if (type === "refuseToken") return AUTHORIZED_OPERATIONS;
  if (type === "cutOff" || type === "garble") return OPERATION_NAMES.filter((name) => name !== "health");
  return OPERATION_NAMES;
}

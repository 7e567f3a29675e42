/**
 * The shape of fault rules, for programs, for the control API and its description, and for fleet files.
 *
 * @module
 */

import { z } from "zod";
import {
  AUTHORIZED_OPERATIONS,
  BATCH_OPERATIONS,
  type Fault,
  type FaultRule,
  OPERATION_NAMES,
  type OperationName,
} from "../simulation/fault_rule.ts";

const count = z.int().min(0);
const milliseconds = z.int().min(0).max(24 * 60 * 60 * 1000);
const handled = z.boolean().optional().describe("Whether the broker acts on the request all the same");
/** What HTTP allows in a header: no control character, nothing that could end the line. */
const headers = z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string().regex(/^[\t -~]*$/));

const status = z.strictObject({
  type: z.literal("status"),
  status: z.int().min(200).max(599),
  body: z.unknown().optional().describe("A text is sent as it is, anything else as JSON"),
  headers: headers.optional(),
  handled,
}).refine(({ status, body }) => body === undefined || ![204, 205, 304].includes(status), {
  error: "An answer with this status has no body",
  path: ["body"],
}).describe("An answer with this status");

const delay = z.strictObject({
  type: z.literal("delay"),
  milliseconds: z.union([
    milliseconds,
    z.tuple([milliseconds, milliseconds]).refine(([from, to]) => from <= to, "From must not exceed to"),
  ]).describe("Simulated time, or its bounds"),
}).describe("The broker takes its time before it looks at the request");

const reset = z.strictObject({ type: z.literal("reset"), handled })
  .describe("The connection is reset before any byte of an answer");

const noAnswer = z.strictObject({ type: z.literal("noAnswer"), handled })
  .describe("No answer comes until the caller gives up");

const cutOff = z.strictObject({ type: z.literal("cutOff"), afterBytes: count.optional() })
  .describe("The broker acts and answers, but the connection ends within the body");

const garble = z.strictObject({ type: z.literal("garble") })
  .describe("The broker acts and answers, but with a body that is not what its headers say");

const throttle = z.strictObject({
  type: z.literal("throttle"),
  retryAfter: z.union([count, z.string().regex(/^[ -~]+$/)]).optional()
    .describe("Seconds, or an HTTP date, for a Retry-After header"),
}).describe("429, with the broker's words");

const refuseToken = z.strictObject({ type: z.literal("refuseToken") })
  .describe("401, as for a token that the broker does not know");

const failItem = z.strictObject({
  type: z.literal("failItem"),
  reason: z.string().min(1).describe("The item's FailureReason"),
  code: z.string().min(1).optional().describe("The item's FailureCode, for openServers and closeServers"),
}).describe("An item of a batch goes to the UnsuccessfulList, and nothing happens to it");

const operation = z.enum(OPERATION_NAMES);

/** The fields of a rule. */
export const faultRuleShape = {
  id: z.string().min(1).max(100).optional().describe("Names the rule"),
  operation: z.union([operation, z.array(operation).min(1)]).optional(),
  clientId: z.string().optional().describe("The API client that calls"),
  item: z.string().optional()
    .describe("A session's id or name, an owner, or a server's id that the request names"),
  skip: count.optional().describe("How many matching requests pass before the first one is struck"),
  times: count.min(1).optional().describe("How many are struck; then the rule is gone"),
  probability: z.number().min(0).max(1).optional().describe("The share that is struck"),
  duration: z.number().positive().optional().describe("Milliseconds of simulated time in force"),
  fault: z.discriminatedUnion("type", [
    status,
    delay,
    reset,
    noAnswer,
    cutOff,
    garble,
    throttle,
    refuseToken,
    failItem,
  ]),
};

/** One rule. */
export const faultRuleSchema: z.ZodType<FaultRule> = z.strictObject(faultRuleShape).superRefine(
  ({ operation, fault }, context) => {
    const possible = strikable(fault);
    const impossible = [operation ?? []].flat().find((name) => !possible.includes(name));
    if (impossible === undefined) return;
    const message = `A fault of type ${fault.type} cannot strike ${impossible}, only ${possible.join(", ")}`;
    context.addIssue({ code: "custom", path: ["operation"], message });
  },
);

/** The operations that a fault can strike: health has no body to cut off or garble. */
function strikable({ type }: Fault): readonly OperationName[] {
  if (type === "failItem") return BATCH_OPERATIONS;
  if (type === "refuseToken") return AUTHORIZED_OPERATIONS;
  if (type === "cutOff" || type === "garble") return OPERATION_NAMES.filter((name) => name !== "health");
  return OPERATION_NAMES;
}

/** A rule that holds up, or a `TypeError` that says what is wrong with it and where. */
export function checkFaultRule(rule: unknown): FaultRule {
  const result = faultRuleSchema.safeParse(rule);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues as [z.core.$ZodIssue];
  throw new TypeError(`Fault rule is wrong at ${path.join(".") || "its top"}: ${message}`);
}

/**
 * The rules of what somebody looks for in a journal.
 *
 * @module
 */

import * as z from "zod";
import { once } from "../description/once.ts";
import { dictionary, either, flag, object, oneOf, text, wholeNumber } from "../description/rules.ts";
import type { Expect, SameType } from "../description/same_type.ts";
import { OPERATION_NAMES } from "../simulation/fault_rule.ts";
import { type JournalExpectation, STATUS_CLASSES } from "./expectation.ts";
import type { JournalFilter } from "./filter.ts";

/** What a status is looked for by. */
export const STATUS_WORDS: string = `a whole number from 100 to 599, or one of ${STATUS_CLASSES.join(", ")}`;

/** The rules of an expectation. */
export const expectationSchema = once(() => {
  const textOrPattern = either("a text or a regular expression", text(), z.instanceof(RegExp));
  return object({
    connector: oneOf("client", "agent", "gateway", "desktop").optional(),
    operation: oneOf(...OPERATION_NAMES).optional(),
    method: text().optional(),
    path: textOrPattern.optional(),
    headers: dictionary("an object of texts and regular expressions", textOrPattern).optional(),
    clientId: text().optional(),
    status: either(STATUS_WORDS, wholeNumber(100, 599), oneOf(...STATUS_CLASSES)).optional(),
    fault: text().optional(),
    request: z.unknown().optional(),
    response: z.unknown().optional(),
  });
});

/** The rules of a filter. */
export const filterSchema = once(() =>
  object({
    ...expectationSchema().shape,
    text: text().optional(),
    owner: text().optional(),
    session: text().optional(),
    host: text().optional(),
    failed: flag().optional(),
    since: wholeNumber(0).optional(),
    before: wholeNumber(0).optional(),
    limit: wholeNumber(0).optional(),
    take: oneOf("newest", "oldest").optional(),
  })
);

/** The rule of how often something is expected. */
export const timesSchema = once(() => object({ times: wholeNumber(0).optional() }));

export type JournalExpectationMatches = Expect<
  SameType<z.input<ReturnType<typeof expectationSchema>>, JournalExpectation>
>;
export type JournalFilterMatches = Expect<SameType<z.input<ReturnType<typeof filterSchema>>, JournalFilter>>;

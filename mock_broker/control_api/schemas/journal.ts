/**
 * Schemas of the journal.
 *
 * @module
 */

import * as z from "zod";
import { dictionary, either, object, oneOf, wholeNumber as number } from "../../description/rules.ts";
import type { AdviceId } from "../../journal/advice/advice.ts";
import { ADVICE_IDS } from "../../journal/advice/find_advice.ts";
import { STATUS_CLASSES } from "../../journal/expectation.ts";
import { filterParametersSchema } from "../../journal/filter_parameters.ts";
import { STATUS_WORDS } from "../../journal/filter_schema.ts";
import { OPERATION_NAMES } from "../../simulation/fault_rule.ts";
import { MOST_OF_A_PATTERN } from "../patterns.ts";
import { count, limit, named, text, time } from "./registry.ts";

export const JournalEntry = named(
  "JournalEntry",
  "A request and its answer, without secrets",
  z.object({
    id: count,
    time,
    duration: z.number().describe("Milliseconds of simulated time until the answer"),
    connector: z.enum(["client", "agent", "gateway", "desktop"]),
    operation: z.enum(OPERATION_NAMES).optional(),
    method: z.string().describe("Empty where a connection brought no request, and so is the path"),
    path: z.string(),
    query: z.record(z.string(), z.string()),
    headers: z.record(z.string(), z.string()).describe("By their names in small letters; secrets are hidden"),
    clientId: z.string().optional(),
    request: z.unknown().optional(),
    status: count.optional().describe("Absent if there was no answer"),
    retryAfter: text.optional().describe("What the answer's Retry-After says: seconds, or an HTTP date"),
    response: z.unknown().optional(),
    outcomes: z.object({
      succeeded: z.array(z.string()),
      failed: z.array(z.object({ item: z.string(), reason: z.string() })),
    }).optional(),
    faults: z.array(text).describe("The rules that struck"),
    faultTypes: z.array(text).describe("What these rules did"),
    problem: text.optional().describe("Why a connection brought no request"),
  }),
);
export const JournalPage = named(
  "Journal",
  "Entries of the journal, oldest first",
  z.object({
    entries: z.array(JournalEntry),
    lastId: count.describe("The newest entry's id, of all that were ever recorded"),
  }),
);
export const JournalQuery = filterParametersSchema().extend({
  limit: limit.describe("At most so many (default 100)"),
  take: oneOf("newest", "oldest").optional().describe(
    "Which to leave out where there are more: whoever follows the journal takes the oldest (default newest)",
  ),
});
export const HarQuery = filterParametersSchema();
export const Har = named(
  "Har",
  "An HTTP archive, HAR 1.2",
  z.object({ log: z.record(z.string(), z.unknown()) }),
);

export const SentAgain = named(
  "SentAgain",
  "What came of a request that was sent again",
  z.object({ entry: JournalEntry.optional().describe("Absent if no answer came for a while") }),
);

export const AdviceList = named(
  "AdviceList",
  "What programs could do better",
  z.object({
    advice: z.array(z.object({
      id: z.enum(ADVICE_IDS as [AdviceId, ...AdviceId[]]).describe(
        "Which advice it is; stays the same from version to version",
      ),
      title: text,
      clientId: z.string().optional().describe("The API client; absent where the broker does not know it"),
      found: text.describe("What was seen, with numbers"),
      why: text.describe("Why it hurts on a real broker"),
      remedy: z.object({
        withClient: text.describe("What to do with @dcvkit/session-manager"),
        without: text.describe("What to do with any other program"),
      }),
      entries: z.array(count).describe("The ids of the journal's entries that show it"),
    })),
  }),
);

export const Pattern = named(
  "Pattern",
  "A regular expression of JavaScript",
  object({
    $regex: z.string("must be a text").max(
      MOST_OF_A_PATTERN,
      `must have at most ${MOST_OF_A_PATTERN} characters`,
    ),
    $options: z.string("must be a text").optional().describe("Its flags, `i` say"),
  }),
);
const textOrPattern = either('a text or { "$regex": a text }', text, Pattern);

export const Verification = named(
  "Verification",
  "What should have come",
  object({
    expectation: object({
      connector: oneOf("client", "agent", "gateway", "desktop").optional(),
      operation: oneOf(...OPERATION_NAMES).optional(),
      method: text.optional(),
      path: textOrPattern.optional(),
      headers: dictionary("an object of texts and patterns", textOrPattern).optional(),
      clientId: text.optional(),
      status: either(STATUS_WORDS, number(100, 599), oneOf(...STATUS_CLASSES)).optional(),
      fault: text.optional().describe("The id of a rule that struck, or what it did"),
      request: z.unknown().optional().describe(
        "What the body of the request holds, among other things; patterns stand for texts at any depth",
      ),
      response: z.unknown().optional().describe("What the body of the answer holds, likewise"),
    }),
    times: number(0).optional().describe("How often (default at least once)"),
  }),
);
export const Verdict = named(
  "Verdict",
  "Whether it came",
  z.object({
    received: z.boolean(),
    message: z.string().optional().describe("What came instead: the nearest entries, and where each differs"),
  }),
);

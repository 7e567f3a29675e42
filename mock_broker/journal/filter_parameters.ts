/**
 * A filter as it stands in a URL: of the control API, and of the page, whose views are shared by their URLs.
 *
 * @module
 */

import * as z from "zod";
import { check } from "../description/check.ts";
import { once } from "../description/once.ts";
import { object, oneOf, text } from "../description/rules.ts";
import { asInUrl, flagInUrl, wholeNumberInUrl } from "../description/url_rules.ts";
import { OPERATION_NAMES } from "../simulation/fault_rule.ts";
import { STATUS_CLASSES, type StatusClass } from "./expectation.ts";
import type { JournalFilter } from "./filter.ts";
import { STATUS_WORDS } from "./filter_schema.ts";

/** The parameters that choose among entries. */
export const filterParametersSchema = once(() =>
  object({
    text: text().optional().describe(
      "Stands in the path, the parameters, the headers or a body, or names operation, client or fault; " +
        "small letters and capitals are alike",
    ),
    operation: oneOf(...OPERATION_NAMES).optional(),
    connector: oneOf("client", "agent", "gateway", "desktop").optional(),
    method: text().optional(),
    path: text().optional().describe("A part of the path"),
    clientId: text().optional(),
    status: statusInUrl().optional().describe("A status, or a class of them"),
    failed: flagInUrl().optional().describe(
      "Whether there was no answer, a status from 400 on, or an item of a batch that failed",
    ),
    fault: text().optional().describe("The id of a rule that struck, or what it did"),
    owner: text().optional().describe("Named by the request or its answer"),
    session: text().optional().describe("An id or a name, named by the request or its answer"),
    host: text().optional().describe("A host name or a server id, named by the request or its answer"),
    since: wholeNumberInUrl(Number.MAX_SAFE_INTEGER).optional().describe("Only entries with a greater id"),
    before: wholeNumberInUrl(Number.MAX_SAFE_INTEGER).optional().describe("Only entries with a smaller id"),
  })
);

/** What the parameters say. */
export type FilterParameters = z.output<ReturnType<typeof filterParametersSchema>>;

/** The filter that the parameters describe. */
export function filterOf({ path, ...others }: FilterParameters): JournalFilter {
  return path === undefined ? others : { ...others, path: new RegExp(escaped(path), "i") };
}

/**
 * The filter in a URL.
 *
 * @throws {TypeError} If a parameter is unknown, or its value makes no sense.
 */
export function readFilter(parameters: Readonly<Record<string, string>>): JournalFilter {
  return filterOf(check("Filter", filterParametersSchema(), parameters));
}

/** A status, which is a number in a URL that is a text, or a class. */
function statusInUrl(): z.ZodType<number | StatusClass, string> {
  const classes: readonly string[] = STATUS_CLASSES;
  const error = `must be ${STATUS_WORDS}`;
  return z.string(error).refine((text) => classes.includes(text) || /^[1-5]\d\d$/.test(text), error)
    .transform((text) => classes.includes(text) ? text as StatusClass : Number(text))
    .meta({
      override: asInUrl({
        oneOf: [{ type: "integer", minimum: 100, maximum: 599 }, { enum: STATUS_CLASSES }],
      }),
    });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

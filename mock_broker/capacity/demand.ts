/**
 * What is asked of a fleet over a time: how many sessions, when, of what kind, and for how long.
 *
 * @module
 */

import * as z from "zod";
import { once } from "../description/once.ts";
import {
  either,
  flag,
  list,
  numberFrom,
  object,
  oneOf,
  requirementExpression,
  text,
  wholeNumber,
} from "../description/rules.ts";
import type { Expect, SameType } from "../description/same_type.ts";
import type { SessionType } from "../simulation/session_states.ts";

/** What people ask of a fleet. */
export interface Demand {
  /**
   * A whole number that settles all chance: the same seed gives the same sessions at the same moments, whatever the
   * fleet.
   *
   * @default {1}
   */
  seed?: number | undefined;
  /** The kinds of sessions that are asked for, each with a rhythm of its own. */
  sessions: readonly SessionDemand[];
}

/** Sessions of one kind. It has either `perDay` or `perHour`. */
export interface SessionDemand {
  /**
   * How many are asked for in a day, on average, spread as in an office: few at night, most in the morning, and again
   * after lunch.
   *
   * @default {as `perHour` says}
   */
  perDay?: number | undefined;
  /**
   * How many are asked for in an hour, on average: the same at any time, or a number for each hour, 24 of a day from
   * midnight or 168 of a week from Monday, in UTC.
   *
   * @default {as `perDay` says}
   */
  perHour?: number | readonly number[] | undefined;
  /**
   * For how many minutes one is used, from when it is READY until somebody deletes it: anything between two numbers, or
   * half of them shorter than a median and 95 of 100 shorter than another number (log-normal).
   *
   * @default {a median of 120 and a p95 of 480}
   */
  minutes?: readonly [least: number, most: number] | MinutesByMedian | undefined;
  /**
   * What is asked of the host, as `Requirements` of CreateSessions.
   *
   * @default {nothing}
   */
  requirements?: string | undefined;
  /**
   * Their kind.
   *
   * @default {"VIRTUAL"}
   */
  type?: SessionType | undefined;
  /**
   * Whether a session for which there is no room waits, as with `EnqueueRequest`. Otherwise it is refused at once.
   *
   * @default {false}
   */
  enqueue?: boolean | undefined;
  /**
   * Who asks: so many people, or these. Each session is of one of them, by chance.
   *
   * @default {the users of the hosts if each host names some, otherwise a new one for each session}
   */
  owners?: number | readonly string[] | undefined;
}

/** How long sessions are, where most are short and a few are long. */
export interface MinutesByMedian {
  /** Half of the sessions are shorter. */
  median: number;
  /** 95 of 100 are shorter. */
  p95: number;
}

const MOST_PER_HOUR = 1_000_000;
const MOST_MINUTES = 525_600;

/** The rules of a demand. */
export const demandSchema = once(() => {
  const rate = numberFrom(0, MOST_PER_HOUR);
  const minutes = numberFrom(0, MOST_MINUTES);
  const lengths = "two numbers of minutes, the smaller one first, or { median, p95 }";
  const rates = `a number from 0 to ${MOST_PER_HOUR}, or 24 or 168 of them`;
  return object({
    seed: wholeNumber(Number.MIN_SAFE_INTEGER).optional(),
    sessions: list(
      object({
        perDay: numberFrom(0, 24 * MOST_PER_HOUR).optional(),
        perHour: either(
          rates,
          rate,
          list(rate).refine(({ length }) => length === 24 || length === 168, `must be ${rates}`),
        ).optional(),
        minutes: either(
          lengths,
          z.tuple([minutes, minutes]).refine(([least, most]) => least <= most, `must be ${lengths}`),
          object({ median: minutes.positive(), p95: minutes.positive() })
            .refine(({ median, p95 }) => median <= p95, "must have a median that p95 is not below"),
        ).optional(),
        requirements: requirementExpression().optional(),
        type: oneOf("CONSOLE", "VIRTUAL").optional(),
        enqueue: flag().optional(),
        owners: either(
          "a whole number of at least 1, or a list of names",
          wholeNumber(1),
          list(text()).min(1),
        )
          .optional(),
      }).refine(
        ({ perDay, perHour }) => (perDay === undefined) !== (perHour === undefined),
        "must have either perDay or perHour",
      ),
    ).min(1, "must be a list with a kind of session at least"),
  });
});

export type DemandMatches = Expect<SameType<z.input<ReturnType<typeof demandSchema>>, Demand>>;

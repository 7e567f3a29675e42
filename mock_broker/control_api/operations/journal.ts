/**
 * Operations on the journal.
 *
 * @module
 */

import * as z from "zod";
import { filterOf } from "../../journal/filter_parameters.ts";
import type { JournalExpectation } from "../../journal/expectation.ts";
import { type ControlOperation, controlOperation } from "../operation.ts";
import { withPatterns } from "../patterns.ts";
import * as schemas from "../schemas/journal.ts";
import { wholeNumber } from "../schemas/registry.ts";

const DEFAULT_LIMIT = 100;

export const JOURNAL_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "readJournal",
    method: "get",
    path: "/journal",
    tag: "journal",
    summary: "Reads the newest entries that match, oldest first",
    query: schemas.JournalQuery,
    response: schemas.JournalPage,
    handle: ({ journal }, { query: { limit = DEFAULT_LIMIT, take, ...parameters } }) => ({
      entries: journal.entries({ ...filterOf(parameters), limit, take }),
      lastId: journal.lastId,
    }),
  }),
  controlOperation({
    operationId: "verifyJournal",
    method: "post",
    path: "/journal/verify",
    tag: "journal",
    summary: "Says whether such a request came, or so many; if not, which came that are nearest",
    body: schemas.Verification,
    response: schemas.Verdict,
    handle({ journal }, { body: { expectation, times } }) {
      const wanted = withPatterns(expectation, "expectation") as JournalExpectation;
      try {
        journal.assertReceived(wanted, { times });
      } catch (error) {
        if (error instanceof TypeError) throw error;
        return { received: false, message: (error as Error).message };
      }
      return { received: true };
    },
  }),
  controlOperation({
    operationId: "sendAgain",
    method: "post",
    path: "/journal/{id}/send",
    tag: "journal",
    summary: "Sends a request again, and answers with its new entry, if an answer comes within two seconds",
    parameters: z.object({ id: wholeNumber(Number.MAX_SAFE_INTEGER) }),
    response: schemas.SentAgain,
    async handle(broker, { parameters: { id } }) {
      const entry = await broker.sendAgain(id);
      return entry ? { entry } : {};
    },
  }),
  controlOperation({
    operationId: "clearJournal",
    method: "delete",
    path: "/journal",
    tag: "journal",
    summary: "Forgets all entries",
    handle: (broker) => broker.journal.clear(),
  }),
  controlOperation({
    operationId: "exportJournal",
    method: "get",
    path: "/journal.har",
    tag: "journal",
    summary: "Exports the entries that match as an HTTP archive",
    query: schemas.HarQuery,
    response: schemas.Har,
    handle: ({ journal }, { query }) => journal.toHar(filterOf(query)),
  }),
  controlOperation({
    operationId: "getAdvice",
    method: "get",
    path: "/advice",
    tag: "journal",
    summary: "Says what the programs that call the broker do that would hurt on a real one",
    response: schemas.AdviceList,
    handle: (broker) => ({ advice: broker.advice() }),
  }),
];

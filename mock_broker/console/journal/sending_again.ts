/**
 * The form that sends a request again.
 *
 * @module
 */

import type { BrokerControl } from "../../control/broker_control.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { CHANGING_OPERATIONS } from "../../simulation/fault_rule.ts";
import type { Fields } from "../fields.ts";
import type { Question } from "../view.ts";
import { entryWithId } from "./texts.ts";

/** As an action: it leads to the answer. */
export const sendAgain = {
  act: (broker: BrokerControl, fields: Fields): unknown => broker.sendAgain(entryIn(broker, fields).id),
  done: "It was sent again. What came is in the journal",
  isUndoable: changesSomething,
  leadsTo: (entry: unknown): string =>
    entry === undefined ? "/journal" : `/journal/${(entry as JournalEntry).id}`,
};

/** What is asked first if the request changes something. */
export function askBeforeSendingAgain(broker: BrokerControl, fields: Fields): Question | undefined {
  const { id, operation } = entryIn(broker, fields);
  if (!changesSomething(broker, fields)) return undefined;
  return {
    title: `Send request ${id} again?`,
    text: `It is a request for ${operation}, which changes the world: the broker will act on it once more.`,
    yes: "Send again",
  };
}

function changesSomething(broker: BrokerControl, fields: Fields): boolean {
  const { operation } = entryIn(broker, fields);
  return operation !== undefined && CHANGING_OPERATIONS.includes(operation);
}

function entryIn(broker: BrokerControl, fields: Fields): JournalEntry {
  return entryWithId(broker, fields.text("entry"));
}

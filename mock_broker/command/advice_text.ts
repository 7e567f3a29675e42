/**
 * Advice as a text for people, at the end of a run.
 *
 * @module
 */

import type { Advice } from "../journal/advice/advice.ts";
import type { MockBroker } from "../mock_broker.ts";
import { printable } from "./printable.ts";

/** Most numbers of journal entries that are written out. */
const MOST_ENTRIES = 10;

/** The advice on what programs have asked of one world, in plain words; no control character is left in it. */
export function adviceText(world: string | undefined, broker: MockBroker): string {
  const { size, lastId } = broker.journal;
  const advice = broker.advice();
  const where = world === undefined ? "" : ` in the world ${world}`;
  const what = size < lastId ? `the last ${size} of ${lastId} requests` : `${size} requests`;
  if (advice.length === 0) return `Advice on ${what}${where}: none\n`;
  return `Advice on ${what}${where}:\n${advice.map(paragraph).join("")}`;
}

function paragraph({ id, title, clientId, found, why, remedy, entries }: Advice): string {
  const shown = entries.slice(0, MOST_ENTRIES).join(", ");
  const rest = entries.length > MOST_ENTRIES ? ` and ${entries.length - MOST_ENTRIES} more` : "";
  const lines = [
    `${title} (${id})`,
    ...(clientId === undefined ? [] : [`  who      ${clientId}`]),
    `  seen     ${found}`,
    `  where    ${entries.length === 1 ? "entry" : "entries"} ${shown}${rest} of the journal`,
    `  why      ${why}`,
    `  instead  ${remedy.without}`,
    `           With our client: ${remedy.withClient}`,
  ];
  return `\n${lines.map(printable).join("\n")}\n`;
}

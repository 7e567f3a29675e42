/**
 * Asks a broker about every row of docs/fidelity.md.
 *
 * @module
 */

import { AssertionError } from "node:assert/strict";
import { type BrokerUnderTest, NotTestable } from "./broker_under_test.ts";
import type { Check, Section } from "./check.ts";
import { accessTokens } from "./checks/access_tokens.ts";
import { authorization } from "./checks/authorization.ts";
import { createSessions, placement, requirements } from "./checks/creations.ts";
import { describeServers, describeSessions, paging } from "./checks/listings.ts";
import { requests } from "./checks/requests.ts";
import {
  deleteSessions,
  getSessionConnectionData,
  getSessionScreenshots,
  openAndCloseServers,
  updateSessionPermissions,
} from "./checks/sessions.ts";
import type { FidelityRow } from "./fidelity_row.ts";

/** Every check, by section. */
export const SECTIONS: readonly Section[] = [
  accessTokens,
  authorization,
  requests,
  describeSessions,
  paging,
  describeServers,
  createSessions,
  placement,
  requirements,
  deleteSessions,
  updateSessionPermissions,
  getSessionConnectionData,
  getSessionScreenshots,
  openAndCloseServers,
];

/** How a broker does what a row says. */
export interface Finding extends FidelityRow {
  outcome: "same" | "different" | "not testable";
  /** What was found instead, or why this broker could not be asked. */
  detail?: string;
}

/** What a run may be told. */
export interface RunOptions {
  /** Ends the run after the row that it is at. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of each row as it is found out. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** Asks about one row after the other; deletes what it created, whatever happens. */
export async function runContract(
  broker: BrokerUnderTest,
  rows: readonly FidelityRow[],
  { signal, onFinding }: RunOptions = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    for (const row of rows) {
      if (signal?.aborted) break;
      const finding = { ...row, ...await ask(broker, checkOf(row)) };
      findings.push(finding);
      onFinding?.(finding);
    }
  } finally {
    await broker.deleteSessions();
  }
  return findings;
}

function checkOf({ section, behaviour }: FidelityRow): Check | undefined {
  return SECTIONS.find((each) => each.section === section)?.checks[behaviour];
}

async function ask(
  broker: BrokerUnderTest,
  check: Check | undefined,
): Promise<Pick<Finding, "outcome" | "detail">> {
  // Only the broker's or the hosts' administrator could show it, or it would not leave them as they were.
  if (check === undefined) return { outcome: "not testable" };
  try {
    await check(broker);
    return { outcome: "same" };
  } catch (error) {
    if (error instanceof NotTestable) return { outcome: "not testable", detail: error.message };
    // Anything but a failed assertion comes from an answer of another shape than the check reads.
    return { outcome: "different", detail: error instanceof AssertionError ? error.message : String(error) };
  }
}

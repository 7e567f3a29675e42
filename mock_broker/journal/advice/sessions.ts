/**
 * Advice on the sessions that a program creates and deletes.
 *
 * @module
 */

import { parseRequirements, RequirementsError } from "../../simulation/requirements.ts";
import type { JournalEntry } from "../entry.ts";
import { type AdviceRule, count, finding, itemsOf, requestsFor } from "./rule.ts";

const malformedRequirements: AdviceRule = {
  id: "malformed-requirements",
  title: "Sends requirements that are no expression",
  why:
    "A text in Requirements stands between single quotes. Put together by hand, a quote in a value, or one that is " +
    "missing, makes the creation fail, or asks for another host than was meant.",
  remedy: {
    withClient: "Build expressions with tag(), server() and all() of ./requirements, which quote for you.",
    without: "Put every text between single quotes, and refuse values that hold one.",
  },
  find(traffic) {
    const problems = requestsFor(traffic, "createSessions").flatMap((entry) =>
      itemsOf(entry).flatMap(({ Requirements }) => {
        const problem = problemOf(Requirements);
        return problem === undefined
          ? []
          : [{ entry, problem: `${problem}: ${JSON.stringify(Requirements)}` }];
      })
    );
    const entries = [...new Set(problems.map(({ entry }) => entry))];
    return finding(entries, problems[0]?.problem ?? "");
  },
};

function problemOf(requirements: unknown): string | undefined {
  if (typeof requirements !== "string") return undefined;
  try {
    parseRequirements(requirements);
    return undefined;
  } catch (error) {
    if (error instanceof RequirementsError) return error.message;
    throw error;
  }
}

const deletionByWrongOwner: AdviceRule = {
  id: "deletion-by-wrong-owner",
  title: "Deletes or shares a session in the name of somebody who does not own it",
  why:
    "The broker then answers that the session does not exist. A program that takes this for success leaves the " +
    "session, and its place on the host, behind.",
  remedy: {
    withClient: "Use deleteSession(session), which takes the owner from the session.",
    without: "Look the session up by its id, and send the Owner that DescribeSessions shows.",
  },
  find(traffic, world) {
    const found = requestsFor(traffic, "deleteSessions", "updateSessionPermissions").filter((entry) =>
      itemsOf(entry).some(({ SessionId, Owner }) => {
        const hasFailed = entry.outcomes?.failed.some(({ item }) => item === SessionId) ?? false;
        const owner = hasFailed && typeof SessionId === "string" ? world.ownerOf(SessionId) : undefined;
        return owner !== undefined && owner !== Owner;
      })
    );
    return finding(found, `${count(found.length, "request")} named another owner than the session has`);
  },
};

const sessionsLeftBehind: AdviceRule = {
  id: "sessions-left-behind",
  title: "Leaves sessions behind",
  why: "A session holds its place on a host, and often a license, until somebody deletes it.",
  remedy: {
    withClient: "Delete what you create with deleteSession(), in tests in a `finally` block.",
    without: "Send DeleteSessions for each session that is no longer used.",
  },
  find(traffic, world) {
    const creations = requestsFor(traffic, "createSessions").map((entry) => ({
      entry,
      left: leftOf(entry, world),
    }));
    const found = creations.filter(({ left }) => left.length > 0);
    const ids = found.flatMap(({ left }) => left);
    return finding(
      found.map(({ entry }) => entry),
      `${count(ids.length, "session")} still there: ${shown(ids)}`,
    );
  },
};

function leftOf({ outcomes }: JournalEntry, world: { isLive(sessionId: string): boolean }): string[] {
  return outcomes?.succeeded.filter((id) => world.isLive(id)) ?? [];
}

/** The first few; a load test leaves hundreds. */
function shown(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more` : ids.join(", ");
}

/** What can be said of how a program treats its sessions. */
export const SESSION_RULES: readonly AdviceRule[] = [
  malformedRequirements,
  deletionByWrongOwner,
  sessionsLeftBehind,
];

/**
 * What a broker must not have after all that trouble.
 *
 * @module
 */

import type { Session } from "@dcvkit/session-manager";
import type { Ledger, Life } from "./ledger.ts";

/** The sessions that are wrong, by their names. */
export interface Verdict {
  /** Listed more than once: created twice, although each was asked for once. */
  readonly doubled: string[];
  /** Once READY and not deleted, but not listed any more. */
  readonly lost: string[];
  /** Listed, but never asked for. */
  readonly ghosts: string[];
  /** Deleted, but alive. */
  readonly undead: string[];
}

const ENDED: readonly (string | undefined)[] = ["DELETED", "DELETING"];

/** Compares what the broker lists, once everything has settled, with what its clients were told. */
export function judge({ lives }: Ledger, sessions: readonly Session[]): Verdict {
  const listed = new Map<string, Session[]>();
  for (const session of sessions) {
    const name = session.Name ?? "";
    listed.set(name, [...listed.get(name) ?? [], session]);
  }
  const byId = new Map(sessions.map((session) => [session.Id, session]));
  const names = (isWrong: (life: Life) => boolean) =>
    Object.entries(lives).filter(([, life]) => isWrong(life)).map(([name]) => name);
  return {
    doubled: [...listed].filter(([, { length }]) => length > 1).map(([name]) => name),
    lost: names(({ id, ready, deleted }) => ready === true && deleted === undefined && !byId.has(id!)),
    ghosts: [...listed.keys()].filter((name) => !Object.hasOwn(lives, name)),
    undead: names(({ id, deleted }) =>
      deleted === true && byId.has(id!) && !ENDED.includes(byId.get(id!)!.State)
    ),
  };
}

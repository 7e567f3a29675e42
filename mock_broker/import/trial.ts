/**
 * What a broker takes of a draft: the rest is taken out and told.
 *
 * @module
 */

import { copiesOf } from "../description/fleet_file/copies.ts";
import { fleetFileSchema } from "../description/fleet_file/schema.ts";
import { type Copies, tryOut, valuesOf } from "../description/fleet_file/try_out.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import { type Path, pathText, type Problem, problemsOf } from "../description/problems.ts";
import { type Draft, titleOf } from "./draft.ts";

/** Takes out of the draft what is refused, until the rest is a fleet; the options of a broker that has it. */
export function settle(draft: Draft): MockBrokerOptions {
  while (true) {
    const lists = { servers: optionsOf(draft.servers), sessions: optionsOf(draft.sessions) };
    const result = fleetFileSchema().safeParse(lists, { reportInput: true });
    if (!result.success) {
      takeOut(draft, problemsOf(result.error.issues));
      continue;
    }
    const copies: Copies = {
      clients: undefined,
      faults: undefined,
      servers: copiesOf(result.data.servers ?? []),
      sessions: copiesOf(result.data.sessions ?? []),
    };
    const problems = tryOut(copies);
    if (problems.length === 0) return valuesOf(copies);
    takeOut(draft, problems);
  }
}

function optionsOf<T>(entries: readonly { readonly options: T }[]): T[] {
  return entries.map(({ options }) => options);
}

function takeOut(draft: Draft, problems: readonly Problem[]): void {
  const whole = { servers: new Map<number, string>(), sessions: new Map<number, string>() };
  for (const { path, message } of problems) {
    const [list, index, option] = path as ["servers" | "sessions", number, string?];
    const entry = draft[list][index]!;
    if (option === undefined || REQUIRED.has(`${list}.${option}`)) whole[list].set(index, message);
    else {
      entry.notes.push(`left out ${pathText(path.slice(2) as Path)}: ${message}`);
      const { [option]: _, ...rest } = entry.options as unknown as Record<string, unknown>;
      entry.options = rest as never;
    }
  }
  for (const [index, message] of whole.servers) {
    draft.leftOut.push(`Server ${draft.servers[index]!.options.hostname}: ${message}`);
  }
  for (const [index, message] of whole.sessions) {
    const { original, options } = draft.sessions[index]!;
    draft.leftOut.push(`${titleOf(original ?? { Owner: options.owner })}: ${message}`);
  }
  draft.servers = draft.servers.filter((_, index) => !whole.servers.has(index));
  draft.sessions = draft.sessions.filter((_, index) => !whole.sessions.has(index));
}

/** Without these an entry is none. */
const REQUIRED: ReadonlySet<string> = new Set(["servers.hostname", "sessions.owner", "sessions.server"]);

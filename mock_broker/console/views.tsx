/** @jsxImportSource hono/jsx */
/**
 * Which view a path leads to.
 *
 * @module
 */

import { tryDecode } from "hono/utils/url";
import type { JSX } from "hono/jsx/jsx-runtime";
import { NotFoundError } from "../control/not_found_error.ts";
import type { BrokerState } from "../control/broker_state.ts";
import { entryWithId } from "./journal/texts.ts";
import { Advice } from "./pages/advice.tsx";
import { Connect } from "./pages/connect.tsx";
import { Faults } from "./pages/faults.tsx";
import { Host } from "./pages/host.tsx";
import { Hosts } from "./pages/hosts.tsx";
import { Journal, titleOf } from "./pages/journal.tsx";
import { Entry } from "./pages/journal_entry.tsx";
import { JournalDifference } from "./pages/journal_difference.tsx";
import { Overview } from "./pages/overview.tsx";
import { Session } from "./pages/session.tsx";
import { Sessions } from "./pages/sessions.tsx";
import { World } from "./pages/world.tsx";
import type { View } from "./view.ts";

/**
 * The view's title, and what it shows.
 *
 * @throws {NotFoundError} If there is no such view, or not what it is to show.
 */
export function contentOf(view: View, state: BrokerState): [title: string, content: JSX.Element] {
  const { broker, path } = view;
  const [, place = "", name = ""] = path.split("?")[0]!.split("/");
  const named = tryDecode(name, decodeURIComponent);
  switch (name === "" ? place : `${place}/`) {
    case "":
      return ["Overview", <Overview view={view} state={state} />];
    case "hosts":
      return ["Hosts", <Hosts view={view} />];
    case "hosts/": {
      const host = broker.hosts.get(named);
      return [host.hostname, <Host view={view} host={host} />];
    }
    case "sessions":
      return ["Sessions", <Sessions view={view} />];
    case "sessions/": {
      const session = broker.sessions.get(named);
      return [session.name || session.id, <Session view={view} session={session} />];
    }
    case "journal":
      return ["Journal", <Journal view={view} />];
    case "journal/": {
      if (named === "difference") return ["Difference", <JournalDifference view={view} />];
      const entry = entryWithId(broker, named);
      return [`${titleOf(entry)}, request ${entry.id}`, <Entry view={view} entry={entry} />];
    }
    case "advice":
      return ["Advice", <Advice view={view} />];
    case "world":
      return ["World", <World view={view} />];
    case "connect":
      return ["Connect your program", <Connect view={view} />];
    case "faults":
      return ["Faults", <Faults view={view} state={state} />];
    default:
      throw new NotFoundError(`There is no such view: ${path}`);
  }
}

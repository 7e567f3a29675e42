/** @jsxImportSource hono/jsx */
/**
 * The journal, newest first: what was asked, and what was answered.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { JournalEntry } from "../../journal/entry.ts";
import { namesIn } from "../../journal/names.ts";
import { Button, Empty, Table, When } from "../components.tsx";
import { State } from "../icons.tsx";
import { FilterForm } from "../journal/filter_form.tsx";
import { shortened } from "../journal/shown_text.ts";
import { filterIn, leavesOut, linkWithin, type ViewedFilter } from "../journal/viewed_filter.ts";
import { count, duration, linkTo, type View } from "../view.ts";

const PAGE = 50;

/** Longest name in a row, in characters. */
const LONGEST_NAME = 60;

/** The list of requests. */
export function Journal({ view }: { view: View }): JSX.Element {
  const viewed = filterIn(view);
  return (
    <>
      <FilterForm view={view} viewed={viewed} />
      {viewed.problem === undefined ? <Found view={view} viewed={viewed} /> : (
        <p class="failure" role="alert">
          Nothing is shown, because this is no filter. {viewed.problem}.{" "}
          <a href={linkTo(view, "/journal")}>Show all requests</a>
        </p>
      )}
    </>
  );
}

function Found({ view, viewed }: { view: View; viewed: ViewedFilter }): JSX.Element {
  const { filter, parameters } = viewed;
  const entries = view.broker.journal.entries({ ...filter, limit: PAGE }).reverse();
  const older = entries.length === PAGE
    ? linkWithin(view, "/journal", viewed, { before: entries.at(-1)!.id })
    : undefined;
  const har = view.base.replace(/console$/, "journal.har");
  return (
    <>
      {entries.length === 0
        ? <Nothing view={view} viewed={viewed} />
        : <Choice view={view} viewed={viewed} entries={entries} />}
      <nav class="pages" aria-label="Pages">
        {parameters.before !== undefined && <a href={linkWithin(view, "/journal", viewed)}>Newest</a>}
        {older !== undefined && <a href={older}>Older</a>}
        {entries.length > 0 && (
          <a href={linkTo({ ...view, base: har }, "", parameters)} download="journal.har">
            {leavesOut(viewed) ? "Export these as HAR" : "Export as HAR"}
          </a>
        )}
        <Button view={view} does="clearJournal" label="Clear the journal" />
      </nav>
    </>
  );
}

/** Why there is nothing: nobody has called, or nothing matches. */
function Nothing({ view, viewed }: { view: View; viewed: ViewedFilter }): JSX.Element {
  const { journal, options } = view.broker;
  const { size, lastId } = journal;
  if (options.journalSize === 0) {
    return (
      <Empty>
        <p>The journal is off: this broker was started with a journalSize of 0.</p>
      </Empty>
    );
  }
  if (size === 0) return <NoRequests wasCleared={lastId > 0} />;
  return (
    <Empty>
      <p>
        No match: {leavesOut(viewed) ? "none" : "nothing older"} of the {count(size, "request")}{" "}
        in the journal is like that. <a href={linkTo(view, "/journal")}>Show all</a>
      </p>
    </Empty>
  );
}

function NoRequests({ wasCleared }: { wasCleared: boolean }): JSX.Element {
  return (
    <Empty>
      <p>
        {wasCleared ? "No request since the journal was cleared." : "No request yet."}{" "}
        Point a program at this broker: each of its requests and the answer show up here.
      </p>
    </Empty>
  );
}

/** The table with a box in each row, to choose two whose answers are compared. */
function Choice({ view, viewed, entries }: {
  view: View;
  viewed: ViewedFilter;
  entries: readonly JournalEntry[];
}): JSX.Element {
  return (
    <form method="get" action={linkTo(view, "/journal/difference")} class="choice">
      <p id="waiting" class="note waiting" role="status" data-kept></p>
      <Rows view={view} viewed={viewed} entries={entries} isChosenFrom />
      <p class="row minor">
        <button type="submit">Compare two answers</button>
        <span class="note">Tick two requests first.</span>
      </p>
    </form>
  );
}

/** A table of requests. */
export function JournalTable(
  { view, entries }: { view: View; entries: readonly JournalEntry[] },
): JSX.Element {
  if (entries.length === 0) return <NoRequests wasCleared={false} />;
  return <Rows view={view} viewed={{ parameters: {}, filter: {} }} entries={entries} />;
}

interface RowsProps {
  readonly view: View;
  readonly viewed: ViewedFilter;
  readonly entries: readonly JournalEntry[];
  readonly isChosenFrom?: boolean;
}

function Rows({ view, viewed, entries, isChosenFrom = false }: RowsProps): JSX.Element {
  const columns = ["Request", "Answer", "-When", "-Took", "-Client", "-Faults"];
  return (
    <Table label="Requests" columns={isChosenFrom ? ["-Compare", ...columns] : columns}>
      {entries.map((entry) => (
        <tr id={`entry-${entry.id}`}>
          {isChosenFrom && (
            <td class="minor tick">
              <input
                type="checkbox"
                name="entry"
                value={String(entry.id)}
                aria-label={`Compare request ${entry.id}`}
              />
            </td>
          )}
          <th scope="row">
            <a href={linkWithin(view, `/journal/${entry.id}`, viewed)}>
              <Name text={titleOf(entry)} />
            </a>
            <About entry={entry} />
          </th>
          <td>
            <Answer entry={entry} />
          </td>
          <td class="minor still">
            <When at={entry.time} view={view} />
          </td>
          <td class="minor still">{duration(entry.duration)}</td>
          <td class="minor">
            <span class="id client" title={entry.clientId && shortened(entry.clientId, LONGEST_NAME)}>
              {entry.clientId === undefined ? "unknown" : shortened(entry.clientId, LONGEST_NAME)}
            </span>
          </td>
          <td class="minor">{shortened(entry.faults.join(", "), LONGEST_NAME) || "none"}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What a request is called: its operation, or else its method and path. */
export function titleOf({ operation, method, path, problem }: JournalEntry): string {
  if (operation !== undefined) return operation;
  return problem === undefined ? shortened(`${method} ${path}`, LONGEST_NAME) : "No request";
}

/** A name that may be broken before its capitals only, as long as that is enough. */
function Name({ text }: { text: string }): JSX.Element {
  const parts = text.split(/(?<=[a-z])(?=[A-Z])/);
  return (
    <span class="operation-name">
      {parts.map((part, index) => <>{index > 0 && <wbr />}{part}</>)}
    </span>
  );
}

/** Whom and what a request is about, in a few words. */
function About({ entry }: { entry: JournalEntry }): JSX.Element | null {
  const text = entry.problem ?? aboutOf(entry);
  return text === "" ? null : <span class="note about">{shortened(text, 2 * LONGEST_NAME)}</span>;
}

function aboutOf(entry: JournalEntry): string {
  const { sessions, sessionNames, hosts, owners } = namesIn(entry);
  const things = [sessionNames, sessions, hosts].find((names) => names.size > 0) ?? new Set<string>();
  return [things, owners].filter((names) => names.size > 0).map(someOf).join(" \u00b7 ");
}

/** The first name, and how many others there are. */
function someOf(names: ReadonlySet<string>): string {
  const [first = ""] = names;
  const text = shortened(first, LONGEST_NAME);
  return names.size === 1 ? text : `${text} and ${names.size - 1} more`;
}

/** What the answer says at one look. */
export function Answer({ entry: { status, outcomes } }: { entry: JournalEntry }): JSX.Element {
  const failed = outcomes?.failed.length ?? 0;
  const text = status === undefined
    ? "no answer"
    : failed === 0
    ? String(status)
    : `${status}, ${failed} failed`;
  return <State of={classOf(status, failed)} text={text} />;
}

function classOf(status: number | undefined, failed: number): string {
  if (status === undefined || status >= 500) return "failed";
  return status >= 400 || failed > 0 ? "refused" : "succeeded";
}

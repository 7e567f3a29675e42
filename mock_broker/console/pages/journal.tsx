/** @jsxImportSource hono/jsx */
/**
 * The journal, newest first: what was asked, and what was answered.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { JournalEntry } from "../../journal/entry.ts";
import { OPERATION_NAMES, type OperationName } from "../../simulation/fault_rule.ts";
import { Button, Empty, Field, Select, Table } from "../components.tsx";
import { State } from "../icons.tsx";
import { duration, linkTo, numberIn, textIn, time, type View } from "../view.ts";

const PAGE = 50;

/** The list of requests. */
export function Journal({ view }: { view: View }): JSX.Element {
  const query = { operation: textIn(view, "operation"), status: numberIn(view, "status") };
  const entries = view.broker.journal.entries({
    operation: query.operation as OperationName | undefined,
    status: query.status,
    before: numberIn(view, "before"),
    limit: PAGE,
  }).reverse();
  return (
    <>
      <form method="get" class="row filter" role="search" aria-label="Journal">
        <Field id="operation" label="Operation">
          <Select
            id="operation"
            name="operation"
            none="any"
            options={OPERATION_NAMES}
            value={query.operation}
          />
        </Field>
        <Field id="status" label="Status">
          <input id="status" name="status" inputmode="numeric" size={5} value={String(query.status ?? "")} />
        </Field>
        <button type="submit">Filter</button>
      </form>
      <JournalTable view={view} entries={entries} />
      <nav class="pages" aria-label="Pages">
        {view.query.before && <a href={linkTo(view, "/journal", query)}>Newest</a>}
        {entries.length === PAGE && (
          <a href={linkTo(view, "/journal", { ...query, before: entries.at(-1)!.id })}>Older</a>
        )}
        <a href={view.base.replace(/console$/, "journal.har")} download="journal.har">Export as HAR</a>
        <Button view={view} does="clearJournal" label="Clear the journal" />
      </nav>
    </>
  );
}

/** A table of requests. */
export function JournalTable(
  { view, entries }: { view: View; entries: readonly JournalEntry[] },
): JSX.Element {
  if (entries.length === 0) {
    return (
      <Empty>
        <p>
          No request yet. Point a program at this broker: each of its requests and the answer show up here.
        </p>
      </Empty>
    );
  }
  return (
    <Table label="Requests" columns={["Request", "Answer", "-Time", "-Took", "-Client", "-Faults"]}>
      {entries.map((entry) => (
        <tr id={`entry-${entry.id}`}>
          <th scope="row">
            <a href={linkTo(view, `/journal/${entry.id}`)}>
              {entry.operation ?? `${entry.method} ${entry.path}`}
            </a>
          </th>
          <td>
            <Answer entry={entry} />
          </td>
          <td class="minor">
            <time datetime={entry.time}>{time(entry.time)}</time>
          </td>
          <td class="minor">{duration(entry.duration)}</td>
          <td class="minor id">{entry.clientId ?? "unknown"}</td>
          <td class="minor">{entry.faults.join(", ") || "none"}</td>
        </tr>
      ))}
    </Table>
  );
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

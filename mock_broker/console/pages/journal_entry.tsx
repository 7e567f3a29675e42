/** @jsxImportSource hono/jsx */
/**
 * One request and its answer. The journal holds no secrets.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { JournalEntry } from "../../journal/entry.ts";
import { Answer } from "./journal.tsx";
import { duration, linkTo, time, type View } from "../view.ts";

/** The view of a journal entry. */
export function Entry({ view, entry }: { view: View; entry: JournalEntry }): JSX.Element {
  const { method, path, query, headers, connector, clientId, request, response, outcomes, faults } = entry;
  return (
    <>
      <p>
        <code>{method} {path}</code> <Answer entry={entry} />
      </p>
      <dl>
        <dt>Time</dt>
        <dd>
          <time datetime={entry.time}>{time(entry.time)}</time>, took {duration(entry.duration)}
        </dd>
        <dt>Connector</dt>
        <dd>{connector}</dd>
        <dt>Client</dt>
        <dd class="id">{clientId ?? "unknown"}</dd>
        <dt>Faults that struck</dt>
        <dd>{faults.join(", ") || "none"}</dd>
      </dl>
      {outcomes && outcomes.failed.length > 0 && (
        <section aria-labelledby="failed">
          <h2 id="failed">Items that failed</h2>
          <ul>{outcomes.failed.map(({ item, reason }) => <li>{item}: {reason}</li>)}</ul>
        </section>
      )}
      <div class="cards">
        {Object.keys(query).length > 0 && <Body id="query" title="Parameters" content={query} />}
        <Body id="headers" title="Headers" content={headers} />
        <Body id="request" title="Request" content={request} />
        <Body id="answer" title="Answer" content={response} />
      </div>
      <p>
        <a href={linkTo(view, "/journal")}>Journal</a>
      </p>
    </>
  );
}

function Body({ id, title, content }: { id: string; title: string; content: unknown }): JSX.Element {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {content === undefined ? <p class="note">No body</p> : <pre tabindex={0}>{textOf(content)}</pre>}
    </section>
  );
}

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, undefined, 2);
}

/** @jsxImportSource hono/jsx */
/**
 * One request and its answer, side by side. The journal holds no secrets.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { JournalEntry } from "../../journal/entry.ts";
import type { HarEntry } from "../../journal/har.ts";
import { Button, Field, When } from "../components.tsx";
import { lostBody, sentAgainFrom } from "../../journal/sent_again.ts";
import { Copies } from "../journal/copies/copies.tsx";
import { Body } from "../journal/body.tsx";
import { Links, Named } from "../journal/named.tsx";
import { shortened, visible } from "../journal/shown_text.ts";
import { differenceLink } from "./journal_difference.tsx";
import { filterIn, leavesOut, linkWithin, type ViewedFilter } from "../journal/viewed_filter.ts";
import { Answer } from "./journal.tsx";
import { duration, linkTo, number, type View } from "../view.ts";

/** Most items of a batch that are listed. */
const MOST_ITEMS = 50;

/** Most faults that are named. */
const MOST_FAULTS = 20;

/** The view of a journal entry. */
export function Entry({ view, entry }: { view: View; entry: JournalEntry }): JSX.Element {
  const viewed = filterIn(view);
  const links = new Links(view, entry);
  const [archived] = view.broker.journal.toHar({ since: entry.id - 1, before: entry.id + 1 }).log.entries;
  return (
    <>
      <Ways view={view} viewed={viewed} entry={entry} />
      <About view={view} entry={entry} />
      <Named view={view} links={links} />
      <FailedItems entry={entry} />
      <div class="sides">
        <Request view={view} entry={entry} archived={archived} links={links} />
        <Response view={view} entry={entry} archived={archived} links={links} />
        <div class="tools">
          <OnceMore view={view} entry={entry} isRequest={archived !== undefined} />
          <Copies view={view} entry={entry} />
        </div>
      </div>
    </>
  );
}

/** The ways to the request before and the one after, among those that the filter leaves, and back to the list. */
function Ways({ view, viewed, entry: { id } }: {
  view: View;
  viewed: ViewedFilter;
  entry: JournalEntry;
}): JSX.Element {
  const { journal } = view.broker;
  const { since: _since, before: _before, ...filter } = viewed.filter;
  const find = (place: { before: number } | { since: number; take: "oldest" }) =>
    viewed.problem === undefined ? journal.entries({ ...filter, ...place, limit: 1 })[0] : undefined;
  const previous = find({ before: id });
  const next = find({ since: id, take: "oldest" });
  const isFiltered = leavesOut(viewed);
  return (
    <nav class="pages" aria-label="Requests">
      {previous
        ? <a rel="prev" href={linkWithin(view, `/journal/${previous.id}`, viewed)}>Previous</a>
        : <span class="note">No earlier one</span>}
      {next
        ? <a rel="next" href={linkWithin(view, `/journal/${next.id}`, viewed)}>Next</a>
        : <span class="note">No later one yet</span>}
      <a href={linkWithin(view, "/journal", viewed)}>{isFiltered ? "All that match" : "Journal"}</a>
      {isFiltered && <span class="note">among: {describe(viewed)}</span>}
      {viewed.problem !== undefined && (
        <span class="failure" role="alert">The filter in the URL is ignored. {viewed.problem}</span>
      )}
    </nav>
  );
}

function describe({ parameters }: ViewedFilter): string {
  const pairs = Object.entries(parameters).map(([name, value]) =>
    name === "failed" ? "errors" : `${name} ${value}`
  );
  return shortened(pairs.join(", "), 120);
}

function About({ view, entry }: { view: View; entry: JournalEntry }): JSX.Element {
  const { time, connector, clientId, faults, faultTypes, problem } = entry;
  // One that fails items strikes once for each.
  const struck = [...new Map(faults.map((fault, index) => [fault, faultTypes[index]]))];
  return (
    <dl class="summary-facts">
      <Fact name="When">
        <When at={time} view={view} />
      </Fact>
      {problem !== undefined && <Fact name="Problem">{visible(problem)}</Fact>}
      {sentAgainFrom(entry) !== undefined && (
        <Fact name="Sent again from">
          <a href={linkTo(view, `/journal/${sentAgainFrom(entry)}`)}>request {sentAgainFrom(entry)}</a>,{" "}
          <a href={differenceLink(view, sentAgainFrom(entry)!, entry.id)}>compare the answers</a>
        </Fact>
      )}
      <Fact name="Connector">{connector}</Fact>
      <Fact name="API client">
        {clientId === undefined
          ? "unknown"
          : <a class="id" href={linkTo(view, "/journal", { clientId })}>{shortened(clientId, 120)}</a>}
      </Fact>
      <Fact name="Faults that struck">
        {struck.length === 0 && "none"}
        {struck.slice(0, MOST_FAULTS).map(([fault, type], index) => (
          <>
            {index > 0 && ", "}
            <a href={linkTo(view, "/journal", { fault })}>{shortened(fault, 80)}</a> ({type})
          </>
        ))}
        {struck.length > MOST_FAULTS && ` and ${number(struck.length - MOST_FAULTS)} more`}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: Child }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function FailedItems({ entry: { outcomes } }: { entry: JournalEntry }): JSX.Element | null {
  const failed = outcomes?.failed ?? [];
  if (failed.length === 0) return null;
  const more = failed.length - MOST_ITEMS;
  return (
    <section aria-labelledby="failed-items">
      <h2 id="failed-items">Items that failed</h2>
      <ul>
        {failed.slice(0, MOST_ITEMS).map(({ item, reason }) => (
          <li>{shortened(item, 120)}: {shortened(reason, 300)}</li>
        ))}
        {more > 0 && <li class="note">and {number(more)} more</li>}
      </ul>
    </section>
  );
}

interface SideProps {
  readonly view: View;
  readonly entry: JournalEntry;
  /** Absent where there was no request. */
  readonly archived: HarEntry | undefined;
  readonly links: Links;
}

function Request({ view, entry, archived, links }: SideProps): JSX.Element {
  const { id, method, path, query, headers, request } = entry;
  return (
    <section class="card" id="request" aria-labelledby="request-title">
      <h2 id="request-title">Request</h2>
      <p class="line-of-code">
        <code>{shortened(`${method} ${path}`, 2_000) || "None"}</code>
      </p>
      <Pairs title="Parameters" pairs={query} isOpen />
      <Pairs title="Headers" pairs={headers} />
      <Body
        view={view}
        side="request"
        path={`/journal/${id}`}
        content={request}
        text={archived?.request.postData?.text}
        links={links}
        none={lostBody(entry) ? "The broker did not read the body" : "No body"}
      />
    </section>
  );
}

/** What can be done with a request: send it again, and compare what came with another answer. */
function OnceMore({ view, entry: { id, connector, operation }, isRequest }: {
  view: View;
  entry: JournalEntry;
  isRequest: boolean;
}): JSX.Element | null {
  if (!isRequest) return null;
  const [before] = operation ? view.broker.journal.entries({ operation, before: id, limit: 1 }) : [];
  return (
    <section aria-label="Once more" class="row">
      {connector !== "desktop" && (
        <Button view={view} does="sendAgain" label="Send again" fields={{ entry: String(id) }} />
      )}
      <form method="get" action={linkTo(view, "/journal/difference")} class="row compare">
        <input type="hidden" name="entry" value={String(id)} />
        <Field id="other" label="Compare with request">
          <input
            id="other"
            name="entry"
            inputmode="numeric"
            size={7}
            required
            value={before && String(before.id)}
          />
        </Field>
        <button type="submit">Compare</button>
      </form>
    </section>
  );
}

function Response({ view, entry, archived, links }: SideProps): JSX.Element {
  const { id, duration: took, retryAfter, response } = entry;
  return (
    <section class="card" id="answer" aria-labelledby="answer-title">
      <h2 id="answer-title">Answer</h2>
      <p>
        <Answer entry={entry} /> <span class="note">after {duration(took)}</span>
        {retryAfter !== undefined && <span class="note">, Retry-After: {shortened(retryAfter, 80)}</span>}
      </p>
      <Body
        view={view}
        side="answer"
        path={`/journal/${id}`}
        content={response}
        text={archived?.response.content.text}
        links={links}
        none="No body"
      />
    </section>
  );
}

function Pairs({ title, pairs, isOpen = false }: {
  title: string;
  pairs: Readonly<Record<string, string>>;
  isOpen?: boolean;
}): JSX.Element | null {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{title} ({number(entries.length)})</summary>
      <dl class="pairs">
        {entries.map(([name, value]) => (
          <>
            <dt>{shortened(name, 200)}</dt>
            <dd class="id">{shortened(value, 2_000)}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}

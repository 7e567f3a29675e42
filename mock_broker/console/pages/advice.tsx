/** @jsxImportSource hono/jsx */
/**
 * What the programs that call this broker do that would hurt on a real one.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { Advice as Piece } from "../../journal/advice/advice.ts";
import { ADVICE_IDS } from "../../journal/advice/find_advice.ts";
import { Empty } from "../components.tsx";
import { shortened } from "../journal/shown_text.ts";
import { count, linkTo, number, type View } from "../view.ts";

/** How many requests are linked at once, and at most. */
const FIRST_ENTRIES = 5;
const MOST_ENTRIES = 200;

/** The view of the advice. */
export function Advice({ view }: { view: View }): JSX.Element {
  const { broker } = view;
  const advice = broker.advice();
  if (advice.length === 0) return <NoAdvice view={view} requests={broker.journal.size} />;
  return (
    <>
      <p class="note">
        Found in the {count(broker.journal.size, "request")} of the{" "}
        <a href={linkTo(view, "/journal")}>journal</a>. A test asks for the same with{" "}
        <code>broker.assertNoAdvice()</code>.
      </p>
      {advice.map((piece) => <Found view={view} piece={piece} />)}
    </>
  );
}

function NoAdvice({ view, requests }: { view: View; requests: number }): JSX.Element {
  return (
    <Empty>
      {requests === 0
        ? (
          <p>
            No request yet, so there is nothing to advise on. Point a program at this broker: what it does
            that would hurt on a real one is told here.
          </p>
        )
        : (
          <p>
            Nothing to complain about: none of the {ADVICE_IDS.length} habits that are looked for shows in the
            {" "}
            {count(requests, "request")} of the <a href={linkTo(view, "/journal")}>journal</a>.
          </p>
        )}
    </Empty>
  );
}

function Found({ view, piece }: { view: View; piece: Piece }): JSX.Element {
  const { id, title, clientId, found, why, remedy, entries } = piece;
  const anchor = `${id}-${clientId ?? ""}`;
  return (
    <section class="card advice" id={`advice-${anchor}`} aria-labelledby={`title-${anchor}`}>
      <h2 id={`title-${anchor}`}>{title}</h2>
      <p class="note">
        <code>{id}</code>
        {clientId !== undefined && (
          <>
            , by <a class="id" href={linkTo(view, "/journal", { clientId })}>{shortened(clientId, 120)}</a>
          </>
        )}
      </p>
      <p>{shortened(found, 600)}</p>
      <dl>
        <dt>Why it hurts</dt>
        <dd>{withCode(why)}</dd>
        <dt>With our client</dt>
        <dd>{withCode(remedy.withClient)}</dd>
        <dt>Without</dt>
        <dd>{withCode(remedy.without)}</dd>
        <dt>Requests</dt>
        <dd>
          <Entries view={view} ids={entries.slice(0, FIRST_ENTRIES)} />
          {entries.length > FIRST_ENTRIES && (
            <details>
              <summary>{count(entries.length - FIRST_ENTRIES, "more", "more")}</summary>
              <Entries view={view} ids={entries.slice(FIRST_ENTRIES, MOST_ENTRIES)} />
              {entries.length > MOST_ENTRIES && (
                <span class="note">and {number(entries.length - MOST_ENTRIES)} others</span>
              )}
            </details>
          )}
        </dd>
      </dl>
    </section>
  );
}

/** What stands between backticks is code. */
function withCode(text: string): JSX.Element {
  return <>{text.split("`").map((part, index) => index % 2 === 0 ? part : <code>{part}</code>)}</>;
}

function Entries({ view, ids }: { view: View; ids: readonly number[] }): JSX.Element {
  return (
    <ul class="entries">
      {ids.map((id) => (
        <li>
          <a href={linkTo(view, `/journal/${id}`)} aria-label={`Request ${id}`}>{id}</a>
        </li>
      ))}
    </ul>
  );
}

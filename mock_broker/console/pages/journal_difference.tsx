/** @jsxImportSource hono/jsx */
/**
 * What is different between two requests and their answers, line by line.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { JournalEntry } from "../../journal/entry.ts";
import { Empty, When } from "../components.tsx";
import { type Difference, differenceOf } from "../journal/difference.ts";
import { beginning, visible } from "../journal/shown_text.ts";
import { entryWithId, textOf } from "../journal/texts.ts";
import { Answer, titleOf } from "./journal.tsx";
import { count, linkTo, type View } from "../view.ts";

/** Longest line that is shown, in characters. */
const LONGEST_LINE = 500;

/** The path of a difference. */
export function differenceLink(view: View, one: number, other: number): string {
  return `${linkTo(view, "/journal/difference")}?entry=${one}&entry=${other}`;
}

/** The view of two entries that were chosen in the list. */
export function JournalDifference({ view }: { view: View }): JSX.Element {
  const chosen = new URLSearchParams(view.path.split("?")[1] ?? "").getAll("entry");
  const ids = [...new Set(chosen.map((id) => id.trim()).filter(Boolean))];
  if (ids.length !== 2) {
    return (
      <Empty>
        <p>
          A difference is between two requests:{" "}
          {ids.length === 0 ? "none was" : count(ids.length, "was", "were")} chosen. Tick two of them in the
          {" "}
          <a href={linkTo(view, "/journal")}>journal</a>.
        </p>
      </Empty>
    );
  }
  const [one, other] = ids.map((id) => entryWithId(view.broker, id)).sort((a, b) => a.id - b.id) as [
    JournalEntry,
    JournalEntry,
  ];
  return (
    <>
      <dl class="summary-facts">
        <Of view={view} entry={one} sign="-" word="earlier" />
        <Of view={view} entry={other} sign="+" word="later" />
      </dl>
      <Part title="Bodies of the answers" view={view} one={one} other={other} name="answer" />
      <Part title="Bodies of the requests" view={view} one={one} other={other} name="request" />
    </>
  );
}

function Of({ view, entry, sign, word }: {
  view: View;
  entry: JournalEntry;
  sign: string;
  word: string;
}): JSX.Element {
  return (
    <div>
      <dt>
        <code>{sign}</code> the {word} one
      </dt>
      <dd>
        <a href={linkTo(view, `/journal/${entry.id}`)}>{titleOf(entry)}, request {entry.id}</a>{" "}
        <Answer entry={entry} /> <When at={entry.time} view={view} />
      </dd>
    </div>
  );
}

function Part({ title, view: { broker }, one, other, name }: {
  title: string;
  view: View;
  one: JournalEntry;
  other: JournalEntry;
  name: "answer" | "request";
}): JSX.Element {
  const [before, after] = [one, other].map((entry) =>
    hasBody(entry, name) ? textOf(broker, entry, name) : ""
  );
  return (
    <section aria-labelledby={`difference-${name}`}>
      <h2 id={`difference-${name}`}>{title}</h2>
      {before === "" && after === ""
        ? <p class="note">Neither has one.</p>
        : <Lines difference={differenceOf(before!, after!)} label={title} />}
    </section>
  );
}

function hasBody({ request, response }: JournalEntry, name: "answer" | "request"): boolean {
  return (name === "answer" ? response : request) !== undefined;
}

function Lines({ difference, label }: { difference: Difference; label: string }): JSX.Element {
  if (difference.kind === "none") return <p class="note">They are the same.</p>;
  if (difference.kind === "tooLong") {
    return (
      <p class="note">They differ, in more than can be shown here. Open both as text, and compare these.</p>
    );
  }
  return (
    <div class="scroll difference" role="region" aria-label={`Lines: ${label}`} tabindex={0}>
      {difference.parts.map(({ skipped, lines }) => (
        <>
          {skipped > 0 && <p class="note">{count(skipped, "line that is", "lines that are")} the same</p>}
          <pre>{lines.map(({ sign, text }) => <Line sign={sign} text={text} />)}</pre>
        </>
      ))}
      {difference.left > 0 && <p class="note">{count(difference.left, "more line", "more lines")}</p>}
    </div>
  );
}

function Line({ sign, text }: { sign: string; text: string }): JSX.Element {
  const shown = `${sign} ${visible(beginning(text, LONGEST_LINE))}${
    text.length > LONGEST_LINE ? "..." : ""
  }\n`;
  if (sign === "+") return <ins>{shown}</ins>;
  return sign === "-" ? <del>{shown}</del> : <span>{shown}</span>;
}

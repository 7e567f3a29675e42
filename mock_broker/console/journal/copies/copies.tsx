/** @jsxImportSource hono/jsx */
/**
 * A request to take along: for curl, in TypeScript, in Python.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { JournalEntry } from "../../../journal/entry.ts";
import { Copy } from "../../components.tsx";
import { linkTo, type View } from "../../view.ts";
import { beginning, visible } from "../shown_text.ts";
import { CA_FILE, CLIENT_ID, CLIENT_SECRET, type CopiedRequest, copiedRequest } from "./copied_request.ts";
import { asCurl } from "./curl.ts";
import { asPython } from "./python.ts";
import { asTypeScript } from "./typescript.ts";

/** The kinds of copies by how URLs call them. */
export const COPIES: Readonly<Record<string, { label: string; write: (request: CopiedRequest) => string }>> =
  {
    curl: { label: "curl", write: asCurl },
    typescript: { label: "TypeScript", write: asTypeScript },
    python: { label: "Python", write: asPython },
  };

/** Longest copy that stands in the page, in characters. */
const LONGEST = 4_000;

/** What a copy is made of; `undefined` where there was no request. */
export function requestToCopy({ broker }: View, entry: JournalEntry): CopiedRequest | undefined {
  const { id } = entry;
  return copiedRequest(entry, broker.journal.toHar({ since: id - 1, before: id + 1 }));
}

/** The copies of a request, folded. */
export function Copies({ view, entry }: { view: View; entry: JournalEntry }): JSX.Element | null {
  const request = requestToCopy(view, entry);
  if (!request) return null;
  return (
    <section aria-labelledby="copies">
      <h2 id="copies">Copy as</h2>
      {Object.entries(COPIES).map(([name, { label, write }]) => (
        <Folded
          name={name}
          label={label}
          text={write(request)}
          href={linkTo(view, `/journal/${entry.id}/${name}.txt`)}
        />
      ))}
      <p class="note">
        No secret is in a copy: it takes {CLIENT_ID} and{" "}
        {CLIENT_SECRET}, the URL, and the path of the authority&apos;s file ({CA_FILE}) from the environment.
        {" "}
        <a href={linkTo(view, "/connect")}>Connect</a> has the lines that set them.
      </p>
    </section>
  );
}

function Folded({ name, label, text, href }: {
  name: string;
  label: string;
  text: string;
  href: string;
}): JSX.Element {
  const isLong = text.length > LONGEST;
  return (
    <details class="copied">
      <summary>{label}</summary>
      <div class="row">
        {!isLong && <Copy from={`copy-${name}`} what={`as ${label}`} />}
        <a href={href}>As text</a>
        {isLong && <span class="note">It is long: only its beginning is shown here.</span>}
      </div>
      <pre id={`copy-${name}`} tabindex={0}>{isLong ? visible(beginning(text, LONGEST)) : text}</pre>
    </details>
  );
}

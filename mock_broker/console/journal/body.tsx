/** @jsxImportSource hono/jsx */
/**
 * The body of a request or an answer. A long one is cut, and shown whole when that is asked for.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { linkTo, type View } from "../view.ts";
import { type Amount, AT_FIRST, jsonTree, MOST } from "./json_tree.tsx";
import { beginning, size, visible } from "./shown_text.ts";
import type { Links } from "./named.tsx";

/** Whose body it is; also how URLs call it. */
export type Side = "request" | "answer";

interface BodyProps {
  readonly view: View;
  readonly side: Side;
  /** The path of the entry's view. */
  readonly path: string;
  /** What the body says; `undefined` if there is none. */
  readonly content: unknown;
  /** The body as it was sent. */
  readonly text: string | undefined;
  readonly links: Links;
  /** What is said where there is none. */
  readonly none: string;
}

/** A body with its length, and the way to all of it. */
export function Body({ view, side, path, content, text, links, none }: BodyProps): JSX.Element {
  if (content === undefined || text === undefined) return <p class="note">{none}</p>;
  const isWhole = view.query.whole === side;
  const { shown, isCut } = bodyOf(content, isWhole ? MOST : AT_FIRST, links);
  const bytes = new TextEncoder().encode(text).byteLength;
  return (
    <>
      {isWhole
        ? <div class="whole" role="region" aria-label={`Whole ${side}`} tabindex={0}>{shown}</div>
        : shown}
      <p class="note">
        {size(bytes)}
        {isCut && !isWhole && (
          <>
            , not all of it is shown.{" "}
            <a href={`${linkTo(view, path, { ...view.query, whole: side })}#${side}`}>Show all</a>
          </>
        )}
        {isCut && isWhole && ", too long to be shown whole. "}{" "}
        <a href={linkTo(view, `${path}/${side}.txt`)}>As text</a>
      </p>
    </>
  );
}

function bodyOf(content: unknown, amount: Amount, links: Links): { shown: JSX.Element; isCut: boolean } {
  if (typeof content !== "string") {
    const { tree, isCut } = jsonTree(content, amount, (text) => links.of(text));
    return { shown: tree, isCut };
  }
  const shown = beginning(content, amount.characters);
  return {
    shown: content === "" ? <p class="note">Empty</p> : <pre tabindex={0}>{visible(shown)}</pre>,
    isCut: shown.length < content.length,
  };
}

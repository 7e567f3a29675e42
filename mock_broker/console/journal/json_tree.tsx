/** @jsxImportSource hono/jsx */
/**
 * JSON to look at: coloured, to fold, and never more of it than asked for.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { count } from "../view.ts";
import { beginning, visible } from "./shown_text.ts";

/** How much is shown. */
export interface Amount {
  readonly lines: number;
  /** Of all texts together. */
  readonly characters: number;
}

/** What is shown at first. */
export const AT_FIRST: Amount = { lines: 200, characters: 20_000 };

/** What is shown when all is asked for; what is longer is there as a text. */
export const MOST: Amount = { lines: 5_000, characters: 500_000 };

/** Longest key that is shown. */
const LONGEST_KEY = 200;

/** Longest text that is shown, if not all is asked for. */
const LONGEST_TEXT = 500;

const COLON = ": ";

/** What is left of the amount. */
interface Rest {
  lines: number;
  characters: number;
  readonly longest: number;
  isCut: boolean;
}

/** A value as JSON, and whether some of it was left out. */
export function jsonTree(
  value: unknown,
  amount: Amount,
  linkOf: (text: string) => string | undefined = () => undefined,
): { tree: JSX.Element; isCut: boolean } {
  const longest = amount === MOST ? amount.characters : LONGEST_TEXT;
  const rest: Rest = { ...amount, longest, isCut: false };
  const tree = <div class="json">{line(value, undefined, false, { rest, linkOf })}</div>;
  return { tree, isCut: rest.isCut };
}

interface Context {
  readonly rest: Rest;
  readonly linkOf: (text: string) => string | undefined;
}

/** A member of an object, an item of a list, or the value itself. */
function line(value: unknown, key: string | undefined, hasComma: boolean, context: Context): JSX.Element {
  context.rest.lines--;
  const name = key !== undefined && <Key text={key} context={context} />;
  const comma = hasComma && ",";
  const isList = Array.isArray(value);
  if (!isList && (typeof value !== "object" || value === null)) {
    return <div class="line">{name}{leaf(value, context)}{comma}</div>;
  }
  const members: [key: string | undefined, value: unknown][] = isList
    ? value.map((item) => [undefined, item])
    : Object.entries(value as object);
  const [open, close] = isList ? "[]" : "{}";
  if (members.length === 0) return <div class="line">{name}{open}{close}{comma}</div>;
  return (
    <details class="line" open>
      <summary>
        {name}
        {open}
        <span class="folded">{count(members.length, isList ? "item" : "field")} {close}</span>
      </summary>
      <div class="inner">{inner(members, context)}</div>
      {close}
      {comma}
    </details>
  );
}

function inner(members: readonly [string | undefined, unknown][], context: Context): Child[] {
  const shown: Child[] = [];
  for (const [index, [key, value]] of members.entries()) {
    if (context.rest.lines <= 0) {
      context.rest.isCut = true;
      shown.push(<div class="line cut">... {count(members.length - index, "more", "more")}</div>);
      break;
    }
    shown.push(line(value, key, index < members.length - 1, context));
  }
  return shown;
}

function Key({ text, context }: { text: string; context: Context }): JSX.Element {
  const name = quoted(text, LONGEST_KEY, context.rest);
  return <span class="key">{name}{COLON}</span>;
}

function leaf(value: unknown, { rest, linkOf }: Context): Child {
  if (typeof value !== "string") return <span class="literal">{JSON.stringify(value) ?? "nothing"}</span>;
  const href = linkOf(value);
  const text = <span class="text">{quoted(value, rest.longest, rest)}</span>;
  return href === undefined ? text : <a href={href}>{text}</a>;
}

/** A text between quotation marks, and how much of it is missing. */
function quoted(text: string, longest: number, rest: Rest): Child {
  const shown = beginning(text, Math.min(longest, Math.max(rest.characters, 20)));
  rest.characters -= shown.length;
  const json = visible(JSON.stringify(shown));
  if (shown.length === text.length) return json;
  rest.isCut = true;
  return (
    <>
      {json.slice(0, -1)}
      <span class="cut">... {count(text.length - shown.length, "more character")}</span>"
    </>
  );
}

/** @jsxImportSource hono/jsx */
/**
 * What the views are put together from.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { compareStates, lookOf, State } from "./icons.tsx";
import { linkTo, number, relativeTime, time, type View } from "./view.ts";

interface ActionProps {
  readonly view: View;
  /** The action's name, see `actions.ts`. */
  readonly does: string;
  /** Values that the form sends beside those that are typed. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly class?: string;
  /** Whether it sends files. */
  readonly hasFiles?: boolean;
  readonly children: Child;
}

/** A form that does something, and comes back to this view. */
export function Action(
  { view, does, fields = {}, class: name, hasFiles = false, children }: ActionProps,
): JSX.Element {
  return (
    <form
      method="post"
      action={`${view.base}/actions/${does}`}
      class={name}
      enctype={hasFiles ? "multipart/form-data" : undefined}
    >
      <input type="hidden" name="back" value={view.path} />
      {Object.entries(fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      {children}
    </form>
  );
}

/** A form that is a button. */
export function Button({ label, about, ...action }: Omit<ActionProps, "children"> & {
  label: string;
  /** What it is about, for those who do not see what it stands beside. */
  about?: string;
}): JSX.Element {
  return (
    <Action {...action}>
      <button type="submit" aria-label={about && `${label} ${about}`}>{label}</button>
    </Action>
  );
}

/** A time as its distance from now, which goes on by itself; the exact one shows on hover. */
export function When({ at, view }: { at: string; view: View }): JSX.Element {
  return (
    <time datetime={at} title={`${time(at)} UTC`} data-relative>
      {relativeTime(Date.parse(at) - view.now)}
    </time>
  );
}

/** A button that copies the text of an element. Without scripts there is none. */
export function Copy({ from, what }: { from: string; what: string }): JSX.Element {
  return (
    <button type="button" class="copy" data-copy={`#${from}`} aria-label={`Copy ${what}`}>
      Copy
    </button>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly children: Child;
}

/** A label and what it labels. */
export function Field({ id, label, children }: FieldProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}

/** A choice among words; the first stands for none of them. */
export function Select({ id, name, none, options, value }: {
  id: string;
  name: string;
  none: string;
  options: readonly string[];
  value?: string | undefined;
}): JSX.Element {
  return (
    <select id={id} name={name}>
      <option value="">{none}</option>
      {options.map((option) => <option value={option} selected={option === value}>{option}</option>)}
    </select>
  );
}

interface TableProps {
  readonly label: string;
  /** The columns; those that begin with `-` are left out in a narrow window. */
  readonly columns: readonly string[];
  /** How it is sorted, and what else it can be sorted by. */
  readonly order?: Order;
  readonly children: Child;
}

/** The order of a list. */
export interface Order {
  /** Columns by which the list can be sorted, and the name of each in the URL. */
  readonly by: Readonly<Record<string, string>>;
  readonly sort: string | undefined;
  readonly descending: boolean;
  /** The way to the list in another order. */
  readonly linkTo: (sort: string, descending: boolean) => string;
}

/** A table that scrolls sideways by itself in a narrow window, with the keyboard too. */
export function Table({ label, columns, order, children }: TableProps): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label={label} tabindex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => <Heading column={column} order={order} />)}
          </tr>
        </thead>
        <tbody data-steady>{children}</tbody>
      </table>
    </div>
  );
}

function Heading({ column, order }: { column: string; order: Order | undefined }): JSX.Element {
  const name = column.replace(/^-/, "");
  const look = column.startsWith("-") ? "minor" : undefined;
  const sort = order?.by[name];
  if (!order || sort === undefined) return <th scope="col" class={look}>{name}</th>;
  const isSorted = order.sort === sort;
  const direction = order.descending ? "descending" : "ascending";
  return (
    <th scope="col" class={look} aria-sort={isSorted ? direction : undefined}>
      <a href={order.linkTo(sort, isSorted && !order.descending)}>{name}</a>
    </th>
  );
}

/** Counts by state: a bar in proportion, and a list of links to those that are in each state. */
export function Counts({ view, path, parameter, counts }: {
  view: View;
  path: string;
  parameter: string;
  counts: Readonly<Record<string, number>>;
}): JSX.Element {
  const entries = Object.entries(counts).sort(([a], [b]) => compareStates(a, b));
  const sum = entries.reduce((sum, [, count]) => sum + count, 0);
  let x = 0;
  return (
    <>
      <svg class="proportions" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        {entries.map(([state, count]) => {
          const width = count / sum * 1000;
          const from = x;
          x += width;
          return (
            <rect class={lookOf(state).tone} x={from} y="0" width={Math.max(width - 3, 1)} height="10" />
          );
        })}
      </svg>
      <ul class="legend">
        {entries.map(([state, count]) => (
          <li>
            <a href={linkTo(view, path, { [parameter]: state })}>
              <State of={state} /> <b>{number(count)}</b>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What to do where there is nothing to show. */
export function Empty({ children }: { children: Child }): JSX.Element {
  return <div class="empty">{children}</div>;
}

/**
 * What each view of the page is made from, and the words that several of them use.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";

/** A request for a view. */
export interface View {
  readonly broker: BrokerControl;
  /** Where the page is, in the URL of this request: `/_mock/console`, behind the name of a world if there is one. */
  readonly base: string;
  /** The view's own path and query, behind the base. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** How this request has reached the broker. */
  readonly reached: Reached;
  /** Whether secrets are to be shown, this once. */
  readonly isRevealed?: boolean | undefined;
  /** The simulated time, in milliseconds since the epoch. */
  readonly now: number;
  /** What became of the form that was sent before. */
  readonly message?: Message | undefined;
  /** What is asked before that form does something. */
  readonly question?: PendingQuestion | undefined;
}

/** How a request has reached the broker. */
export interface Reached {
  readonly origin: string;
  /** The broker's URL for programs on the same way: the origin, and the path of the world. */
  readonly url: string;
  /** The certificate authority to trust, as PEM text. */
  readonly ca: string | undefined;
  readonly hasDesktops: boolean;
}

/** What became of a form. */
export interface Message {
  readonly isError: boolean;
  readonly text: string;
  /** Names the world as it was before, where that can be gone back to. */
  readonly undo?: string | undefined;
}

/** What is asked before something is destroyed. */
export interface Question {
  readonly title: string;
  /** What will be lost. */
  readonly text: string;
  /** What the button says that does it. */
  readonly yes: string;
  /** The action that does it, if it is another than the one that was asked for, and what it is given. */
  readonly does?: string;
  readonly fields?: PendingQuestion["fields"];
}

/** A question about a form, and what the form held. */
export interface PendingQuestion extends Question {
  readonly does: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** The path to a view, with the parameters that are not empty. */
export function linkTo(
  { base }: View,
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return base + path + (text && `?${text}`);
}

/** A number with its thousands set apart. */
export function number(value: number): string {
  return value.toLocaleString("en");
}

/** A number of things. */
export function count(value: number, singular: string, plural = `${singular}s`): string {
  return `${number(value)} ${value === 1 ? singular : plural}`;
}

/** A time, to the second. */
export function time(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

/** How far away a time is, in its largest unit; `scripts/clock.js` lets it go on. */
export function relativeTime(distance: number): string {
  const seconds = Math.floor(Math.abs(distance) / 1_000);
  if (seconds === 0) return "now";
  const text = seconds < 60
    ? `${seconds} s`
    : seconds < 3_600
    ? `${Math.floor(seconds / 60)} min`
    : seconds < 86_400
    ? `${Math.floor(seconds / 3_600)} h`
    : `${Math.floor(seconds / 86_400)} d`;
  return distance < 0 ? `${text} ago` : `in ${text}`;
}

/** A length of time, in its two largest units. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${Number((milliseconds / 1_000).toFixed(1))} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor(milliseconds / 1_000) % 60} s`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 60 / 24)} d ${Math.floor(minutes / 60) % 24} h`;
}

/** A query parameter that is a number; `undefined` if it is none. */
export function numberIn({ query }: View, name: string): number | undefined {
  const text = query[name] ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A query parameter that is not empty. */
export function textIn({ query }: View, name: string): string | undefined {
  return query[name]?.trim() || undefined;
}

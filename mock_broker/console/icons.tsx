/** @jsxImportSource hono/jsx */
/**
 * What states look like: each has a shape of its own beside its colour and its word.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";

/** The outlines, on a field of 16 by 16. */
const SHAPES = {
  circle: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
  ring: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12zm0 3a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
  half: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12zm0 2.5v7a3.5 3.5 0 1 0 0-7z",
  square: "M2.5 2.5h11v11h-11z",
  bar: "M2 6.5h12v3h-12z",
  cross: "M4.2 2L8 5.8 11.8 2 14 4.2 10.2 8l3.8 3.8-2.2 2.2L8 10.2 4.2 14 2 11.8 5.8 8 2 4.2z",
  triangle: "M8 1.5l7 13h-14z",
  diamond: "M8 1l7 7-7 7-7-7z",
} as const;

/** How a state is to be taken: the colour follows from it. */
export type Tone = "good" | "busy" | "idle" | "warn" | "bad";

const LOOKS: Readonly<Record<string, readonly [Tone, keyof typeof SHAPES]>> = {
  AVAILABLE: ["good", "circle"],
  SERVER_FULL: ["busy", "square"],
  SERVER_CLOSED: ["idle", "bar"],
  UNREACHABLE_AGENT: ["bad", "cross"],
  UNHEALTHY_DCV_SERVER: ["warn", "triangle"],
  EXISTING_LOGGED_IN_USER: ["busy", "diamond"],
  TERMINATED: ["idle", "cross"],
  CREATING: ["busy", "ring"],
  READY: ["good", "circle"],
  DELETING: ["idle", "half"],
  DELETED: ["idle", "bar"],
  UNKNOWN: ["bad", "cross"],
  // Classes of HTTP statuses
  succeeded: ["good", "circle"],
  refused: ["warn", "triangle"],
  failed: ["bad", "cross"],
};

/** The colour's name and the outline of a state. */
export function lookOf(state: string): { tone: Tone; outline: string } {
  const [tone, shape] = LOOKS[state] ?? ["idle", "diamond"];
  return { tone, outline: SHAPES[shape] };
}

/** Compares states, that they always stand in the same order. */
export function compareStates(a: string, b: string): number {
  const states = Object.keys(LOOKS);
  return states.indexOf(a) - states.indexOf(b);
}

/** A state: its shape, in its colour, and its word. */
export function State({ of, text = of }: { of: string; text?: string }): JSX.Element {
  const { tone, outline } = lookOf(of);
  return (
    <span class={`state ${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={outline} />
      </svg>
      <span>{withBreaks(text)}</span>
    </span>
  );
}

/** Names of states are long words: in a narrow table they go on in a new line after an underscore. */
function withBreaks(text: string): (JSX.Element | string)[] {
  const [first = "", ...rest] = text.split("_");
  return [first, ...rest.flatMap((part) => ["_", <wbr />, part])];
}

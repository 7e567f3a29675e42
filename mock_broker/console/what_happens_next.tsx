/** @jsxImportSource hono/jsx */
/**
 * What happens next: a time line that begins now, and the first events in words.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { UpcomingEvent, UpcomingKind } from "../control/upcoming.ts";
import { Button, When } from "./components.tsx";
import type { Tone } from "./icons.tsx";
import { count, duration, linkTo, type View } from "./view.ts";

/** Most events on the line, and most in words. */
const MARKS = 60;
const IN_WORDS = 5;

const WORDS: Readonly<Record<UpcomingKind, readonly [text: string, tone: Tone]>> = {
  placed: ["is tied to its host", "busy"],
  prepared: ["becomes READY", "good"],
  queueTimeout: ["has waited for a host for too long", "bad"],
  ended: ["ends on its host", "idle"],
  forgotten: ["is no longer listed", "idle"],
  agentTimeout: ["is found unreachable", "bad"],
  agentReport: ["is heard of again", "good"],
  agentReturn: ["is back after its reboot", "good"],
  roomReport: ["reports how much room it has", "idle"],
  serverDropped: ["is dropped by the broker", "bad"],
  sessionsDropped: ["loses its sessions at the broker", "bad"],
};

/** The panel, with a button that lets time pass until the next event. */
export function WhatHappensNext({ view }: { view: View }): JSX.Element {
  const { events, total } = view.broker.upcoming({ limit: MARKS });
  return (
    <section class="card ahead-card" aria-labelledby="next">
      <div class="head">
        <h2 id="next">What happens next</h2>
        {events.length > 0 && <Button view={view} does="nextEvent" label="Next event" />}
      </div>
      {events.length === 0
        ? (
          <p>
            Nothing is due: hosts and sessions stay as they are until a program or you do something.
          </p>
        )
        : (
          <>
            <TimeLine events={events} now={view.now} />
            <ol class="plain upcoming" data-steady>
              {events.slice(0, IN_WORDS).map((event) => <InWords view={view} event={event} />)}
            </ol>
            {total > IN_WORDS && <p class="note">and {count(total - IN_WORDS, "event")} after that</p>}
          </>
        )}
    </section>
  );
}

function InWords({ view, event }: { view: View; event: UpcomingEvent }): JSX.Element {
  const { sessionId, host } = event;
  const [text] = WORDS[event.kind];
  return (
    <li id={`next-${idOf(event)}`}>
      <When view={view} at={event.time} />{" "}
      <span>
        {sessionId === undefined
          ? (
            <>
              host <a href={linkTo(view, `/hosts/${encodeURIComponent(host!)}`)}>{host}</a>
            </>
          )
          : (
            <>
              session{" "}
              <a href={linkTo(view, `/sessions/${encodeURIComponent(sessionId)}`)}>{shortened(sessionId)}</a>
            </>
          )} {text}
      </span>
    </li>
  );
}

function shortened(id: string): string {
  return id.length > 13 ? `${id.slice(0, 12)}…` : id;
}

function idOf({ kind, sessionId, host }: UpcomingEvent): string {
  return `${kind}-${sessionId ?? host}`;
}

const MINUTE = 60_000;
const TICKS = [1_000, 10_000, MINUTE, 10 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE, 30 * 24 * 60 * MINUTE];

/** Near events apart, far ones together: each step of the scale is about ten times as long as the one before. */
function TimeLine({ events, now }: { events: readonly UpcomingEvent[]; now: number }): JSX.Element {
  const last = Date.parse(events.at(-1)!.time) - now;
  const end = TICKS.find((tick) => tick > last) ?? last * 2;
  const place = (distance: number) =>
    `${(2 + 95 * Math.log1p(Math.max(0, distance) / 1_000) / Math.log1p(end / 1_000)).toFixed(1)}%`;
  return (
    <svg class="ahead" role="img" aria-label={`Time line of the next ${count(events.length, "event")}`}>
      <line x1="2%" x2="97%" y1="16" y2="16" />
      <path class="now" d="M0 4h3v24h-3z" transform="translate(0 0)" />
      <text x="0" y="44">now</text>
      {TICKS.filter((tick) => tick <= end).map((tick) => (
        <>
          <line x1={place(tick)} x2={place(tick)} y1="11" y2="21" />
          <text x={place(tick)} y="44" text-anchor={tick === end ? "end" : "middle"}>{tickOf(tick)}</text>
        </>
      ))}
      {events.map((event) => (
        <circle
          id={`mark-${idOf(event)}`}
          class={WORDS[event.kind][1]}
          cx={place(Date.parse(event.time) - now)}
          cy="16"
          r="5"
        >
          <title>{`${event.sessionId ?? event.host} ${WORDS[event.kind][0]}`}</title>
        </circle>
      ))}
    </svg>
  );
}

function tickOf(milliseconds: number): string {
  return duration(milliseconds).replace(/ 0 \w+$/, "");
}

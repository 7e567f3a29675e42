/** @jsxImportSource hono/jsx */
/**
 * What is around every view: the way to the others, the clock, and what became of the last form.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { BrokerState } from "../control/broker_state.ts";
import { Action, Button, Field } from "./components.tsx";
import { Message, Question } from "./messages.tsx";
import { adviceCount } from "./recent_advice.ts";
import { linkTo, number, time, type View } from "./view.ts";

interface LayoutProps {
  readonly view: View;
  readonly state: BrokerState;
  readonly title: string;
  readonly children: Child;
}

/** A whole page. */
export function Layout({ view, state, title, children }: LayoutProps): JSX.Element {
  const { base } = view;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Mock broker`}</title>
        <link rel="icon" type="image/svg+xml" href={`${base}/icon.svg`} />
        <link rel="stylesheet" href={`${base}/style.css`} />
        <script type="module" src={`${base}/script.js`}></script>
      </head>
      <body data-console={base} data-events={base.replace(/\/console$/, "/events")}>
        <a class="skip" href="#main">To the content</a>
        <header>
          <div class="band">
            <a class="brand" href={base}>Mock broker</a>
            <Navigation view={view} state={state} />
          </div>
          <ClockBar view={view} clock={state.clock} now={state.time} />
        </header>
        <main id="main" tabindex={-1}>
          <h1 tabindex={-1}>{title}</h1>
          {children}
        </main>
        <Message view={view} />
        <Question view={view} />
      </body>
    </html>
  );
}

function Navigation({ view, state }: { view: View; state: BrokerState }): JSX.Element {
  const { counts, faults } = state;
  const here = view.path.split(/[/?]/)[1] ?? "";
  const places: [path: string, name: string, count?: number | undefined][] = [
    ["", "Overview"],
    ["hosts", "Hosts", counts.hosts],
    ["sessions", "Sessions", counts.sessions],
    ["journal", "Journal", counts.journalEntries],
    ["advice", "Advice", adviceCount(view.broker, state)],
    ["faults", "Faults", faults.length],
    ["world", "World"],
    ["connect", "Connect"],
  ];
  return (
    <nav aria-label="Views">
      <ul>
        {places.map(([path, name, count]) => (
          <li>
            <a href={linkTo(view, path && `/${path}`)} aria-current={path === here ? "page" : undefined}>
              {name}
              {count !== undefined && <span class="count">{number(count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Steps of time that are worth a button of their own, in seconds. */
const STEPS = [["1 s", 1], ["10 s", 10], ["1 min", 60], ["1 h", 3600]] as const;

function ClockBar({ view, clock, now }: {
  view: View;
  clock: BrokerState["clock"];
  now: string;
}): JSX.Element {
  const { frozen, speed } = clock;
  return (
    <section class="band clock" aria-label="Clock">
      <p>
        <time id="clock" datetime={now} data-datetime={now} data-speed={frozen ? "0" : String(speed)}>
          {time(now)}
        </time>
        <span class="zone">UTC, {frozen ? "frozen" : speed === 1 ? "runs" : `runs × ${speed}`}</span>
      </p>
      <Button
        view={view}
        does={frozen ? "unfreeze" : "freeze"}
        label={frozen ? "Run" : "Freeze"}
        class="run"
      />
      <Action view={view} does="advance" class="steps">
        {STEPS.map(([label, seconds]) => (
          <button type="submit" name="seconds" value={String(seconds)} aria-label={`Advance by ${label}`}>
            +{label}
          </button>
        ))}
      </Action>
      <div class="live" data-kept>
        <span id="connection" role="status"></span>
        <button id="pause" type="button" aria-pressed="false" hidden>Pause updates</button>
      </div>
      <details>
        <summary>More</summary>
        <div class="drawer">
          <Action view={view} does="advance" class="row">
            <Field id="seconds" label="Advance by (seconds)">
              <input id="seconds" name="seconds" type="number" min="0" step="any" required />
            </Field>
            <button type="submit">Advance</button>
          </Action>
          <Action view={view} does="setSpeed" class="row">
            <Field id="speed" label="Simulated seconds in a real one">
              <input
                id="speed"
                name="speed"
                type="number"
                min="0.001"
                step="any"
                value={String(speed)}
                required
              />
            </Field>
            <button type="submit">Set speed</button>
          </Action>
          <div class="row">
            <Button view={view} does="restart" label="Restart the broker" />
            <Button view={view} does="revokeTokens" label="Revoke all tokens" />
            <Button view={view} does="reset" label="Reset" />
          </div>
        </div>
      </details>
    </section>
  );
}

/** @jsxImportSource hono/jsx */
/**
 * The last minutes as small charts: requests, errors, sessions.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { ActivityStep } from "../control/activity.ts";
import { number } from "./view.ts";

/** Height of a chart; a step is one wide. */
const HEIGHT = 20;

/** Three charts over the same time. */
export function Charts({ steps }: { steps: readonly ActivityStep[] }): JSX.Element {
  const requests = steps.map((step) => step.requests);
  const errors = steps.map((step) => step.errors);
  const sessions = steps.map((step) => step.sessions);
  const most = Math.max(...requests);
  return (
    <section class="card" aria-labelledby="activity">
      <h2 id="activity">Last 10 minutes</h2>
      <div class="charts">
        <Chart name="Requests" value={sum(requests)} tone="busy" values={requests} />
        <Chart name="Errors" value={sum(errors)} tone="bad" values={errors} most={most} />
        <Chart name="Sessions now" value={sessions.at(-1)!} tone="good" values={sessions} />
      </div>
    </section>
  );
}

/** Bars, one for each step. Errors are drawn to the scale of requests, of which they are a part. */
function Chart({ name, value, tone, values, most = Math.max(...values) }: {
  name: string;
  value: number;
  tone: string;
  values: readonly number[];
  most?: number;
}): JSX.Element {
  const label = `${name}: ${number(value)}. At most ${number(Math.max(...values))} in 10 seconds`;
  return (
    <figure class="chart">
      <figcaption>
        {name} <b>{number(value)}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${values.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path class="track" d={`M0 ${HEIGHT - .5}h${values.length}v.5h-${values.length}z`} />
        <path class={tone} d={bars(values, most)} />
      </svg>
    </figure>
  );
}

function bars(values: readonly number[], most: number): string {
  return values.map((value, index) => {
    if (value === 0) return "";
    const height = Math.max(1.5, Number((value / most * HEIGHT).toFixed(2)));
    return `M${index} ${HEIGHT}v-${height}h.8v${height}z`;
  }).join("");
}

function sum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

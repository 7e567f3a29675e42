/**
 * What happens, as it happens: server-sent events.
 *
 * @module
 */

import { setTimeout } from "node:timers/promises";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { BrokerControl } from "../control/broker_control.ts";
import type { BrokerState } from "../control/broker_state.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { ControlEnvironment } from "./environment.ts";

/** How often is looked for what is new, in milliseconds: however much happens, no more events than that come. */
const INTERVAL_MS = 250;

/** How often something is sent although nothing happens: a silent connection would be taken for dead. */
const HEARTBEAT_MS = 15_000;

/** Most journal entries in one event; a page that lags behind reads the journal itself. */
const MOST_ENTRIES = 100;

/** How many requests a reader may be behind who does not read: then the connection ends. */
const MOST_BEHIND = 10_000;

/**
 * Answers with events: `state` when the state may have changed, and first of all, `journal` with new entries. Looking
 * at the state lets the time pass that a running clock shows. The stream ends with the server. A reader that does not
 * read is waited for, but not for ever: events do not heap up, the next `state` says how things stand then.
 */
export function answerEvents(c: Context<ControlEnvironment>, broker: BrokerControl): Response {
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const { closing } = c.env;
    const signal = closing ? AbortSignal.any([closing, gone.signal]) : gone.signal;
    let revision = -1;
    let { lastId } = broker.journal;
    let quietSince = performance.now();
    const send = async (event: string, data: object) => {
      const watch = setInterval(() => {
        if (broker.journal.lastId - lastId <= MOST_BEHIND) return;
        gone.abort();
        c.env.outgoing?.destroy();
        stream.abort();
      }, INTERVAL_MS);
      const left = new Promise<void>((resolve) => gone.signal.addEventListener("abort", () => resolve()));
      await Promise.race([stream.writeSSE({ event, data: JSON.stringify(data) }), left]);
      clearInterval(watch);
      quietSince = performance.now();
    };
    while (!signal.aborted) {
      const state = broker.state();
      if (state.revision !== revision) await send("state", stateEvent(state));
      revision = state.revision;
      const entries = broker.journal.entries({ since: lastId, limit: MOST_ENTRIES });
      lastId = broker.journal.lastId;
      if (entries.length > 0) await send("journal", journalEvent(entries, lastId));
      if (performance.now() - quietSince > HEARTBEAT_MS) await stream.write(": still here\n\n");
      await setTimeout(INTERVAL_MS, undefined, { signal }).catch(() => {});
    }
  });
}

/** The page reads hosts and sessions itself, as many as it shows. */
function stateEvent({ revision, time, clock, counts, queue, faults }: BrokerState): object {
  return { revision, time, clock, counts, queue: queue.length, faults: faults.length };
}

/** Bodies may be long, and few readers look at each of them: those who do find them in the journal. */
function journalEvent(entries: readonly JournalEntry[], lastId: number): object {
  const short = entries.map(({ headers: _headers, request: _request, response: _response, ...entry }) =>
    entry
  );
  return { entries: short, lastId };
}

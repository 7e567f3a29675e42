/**
 * What happens, as it happens: server-sent events.
 *
 * @module
 */

import type { BrokerState } from "../control/broker_state.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { BrokerControl } from "../control/broker_control.ts";

/** How often is looked for what is new, in milliseconds: however much happens, no more events than that come. */
const INTERVAL_MS = 250;

/** How often something is sent although nothing happens, lest the connection be taken for dead. */
const HEARTBEAT_MS = 15_000;

/** Most journal entries in one event; a page that lags behind reads the journal itself. */
const MOST_ENTRIES = 100;

/**
 * A stream of events: `state` when the state may have changed, and first of all, `journal` with new entries. Looking
 * at the state lets the time pass that a running clock shows. It ends with the server.
 */
export function eventStream(broker: BrokerControl, closing?: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => {
        controller.enqueue(encoder.encode(text));
        quietSince = performance.now();
      };
      let quietSince = performance.now();
      let revision = -1;
      let lastId = broker.journal.lastId;
      const look = () => {
        const state = broker.state();
        if (state.revision !== revision) send(stateEvent(state));
        revision = state.revision;
        const entries = broker.journal.entries({ since: lastId, limit: MOST_ENTRIES });
        if (entries.length > 0) send(journalEvent(entries, broker.journal.lastId));
        lastId = broker.journal.lastId;
        if (performance.now() - quietSince > HEARTBEAT_MS) send(": still here\n\n");
      };
      look();
      const timer = setInterval(look, INTERVAL_MS);
      const end = () => {
        stop();
        controller.close();
      };
      stop = () => {
        clearInterval(timer);
        closing?.removeEventListener("abort", end);
      };
      if (closing?.aborted) end();
      else closing?.addEventListener("abort", end);
    },
    cancel: () => stop(),
  });
}

/** The page reads hosts and sessions itself, as many as it shows. */
function stateEvent({ revision, time, clock, counts, queue, faults }: BrokerState): string {
  return event("state", { revision, time, clock, counts, queue: queue.length, faults: faults.length });
}

/** Bodies may be long, and few readers look at each of them: those who do find them in the journal. */
function journalEvent(entries: readonly JournalEntry[], lastId: number): string {
  return event("journal", {
    entries: entries.map(({ headers: _headers, request: _request, response: _response, ...entry }) => entry),
    lastId,
  });
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Advice for a page that is rendered again and again.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";
import type { BrokerState } from "../control/broker_state.ts";

interface Found {
  /** How many pieces of advice there were; `undefined` if nobody has looked yet. */
  readonly count: number | undefined;
  /** What they were found in. */
  readonly key: string;
  /** Until when nobody looks again, by the clock of the process. */
  readonly until: number;
}

const foundLast = new WeakMap<BrokerControl, Found>();

/** How much longer than it took the search rests: a full journal takes half a second to read. */
const REST = 10;

/** More requests are not read before the first page is shown, but when it is brought up to date. */
const MOST_AT_ONCE = 2_000;

/** How many pieces of advice there are; of a full journal that is growing, how many there were a moment ago. */
export function adviceCount(broker: BrokerControl, { revision }: BrokerState): number | undefined {
  const { lastId, size } = broker.journal;
  const key = `${lastId} ${size} ${revision}`;
  const last = foundLast.get(broker);
  const start = performance.now();
  if (last && (last.key === key || start < last.until)) return last.count;
  if (!last && size > MOST_AT_ONCE) {
    foundLast.set(broker, { count: undefined, key: "", until: start });
    return undefined;
  }
  const { length: count } = broker.advice();
  const end = performance.now();
  foundLast.set(broker, { count, key, until: end + REST * (end - start) });
  return count;
}

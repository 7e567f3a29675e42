/**
 * Advice for a page that is rendered again and again.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";
import type { BrokerState } from "../control/broker_state.ts";
import type { Advice } from "../journal/advice/advice.ts";

interface Found {
  readonly advice: readonly Advice[];
  /** What it was found in. */
  readonly key: string;
  /** Until when nobody looks again, by the clock of the process. */
  readonly until: number;
}

const foundLast = new WeakMap<BrokerControl, Found>();

/** How much longer than it took the search rests: a full journal takes half a second to read. */
const REST = 10;

/** How many pieces of advice there are; of a full journal that is growing, how many there were a moment ago. */
export function adviceCount(broker: BrokerControl, { revision }: BrokerState): number {
  const { lastId, size } = broker.journal;
  const key = `${lastId} ${size} ${revision}`;
  const last = foundLast.get(broker);
  const start = performance.now();
  if (last && (last.key === key || start < last.until)) return last.advice.length;
  const advice = broker.advice();
  const end = performance.now();
  foundLast.set(broker, { advice, key, until: end + REST * (end - start) });
  return advice.length;
}

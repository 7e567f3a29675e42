/**
 * What a check is: a row of docs/fidelity.md that a broker can be asked about from outside.
 *
 * @module
 */

import type { BrokerUnderTest } from "./broker_under_test.ts";

/** Fails with what was found if the broker does otherwise than the row says. */
export type Check = (broker: BrokerUnderTest) => Promise<void>;

/** The checks of a section of docs/fidelity.md, by the first cell of the row. */
export interface Section {
  readonly section: string;
  readonly checks: Readonly<Record<string, Check>>;
}

/** An id that no session and no server has. */
export const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

/** A version 4 UUID. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

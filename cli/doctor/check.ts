/**
 * What a step of the examination is.
 *
 * @module
 */

import type { Settings } from "../settings/settings.ts";

/** How a step went. */
export interface Finding {
  readonly step: string;
  readonly isWell: boolean;
  /** What was seen. */
  readonly seen: string;
  /** What to do about it, where it is not well. */
  readonly mend?: string | undefined;
}

/** One look. */
export type Check = (settings: Settings, signal: AbortSignal) => Promise<Omit<Finding, "step">>;

/**
 * What a fault does, in words.
 *
 * @module
 */

import type { Fault } from "../simulation/fault_rule.ts";
import { duration } from "./view.ts";

const HANDLED = ", though the broker acts on the request";

/** A sentence without its end. */
export function faultInWords(fault: Fault): string {
  switch (fault.type) {
    case "status":
      return `answers ${fault.status}${fault.handled ? HANDLED : " and does nothing"}`;
    case "delay":
      return `answers ${lengthOf(fault.milliseconds)} late`;
    case "reset":
      return `resets the connection before an answer${fault.handled ? HANDLED : ""}`;
    case "noAnswer":
      return `gives no answer until the caller gives up${fault.handled ? HANDLED : ""}`;
    case "cutOff":
      return `acts, but the connection ends ${
        fault.afterBytes === undefined
          ? "half way through the body"
          : `after ${fault.afterBytes} bytes of the body`
      }`;
    case "garble":
      return "acts, but answers with a body that nobody can read";
    case "throttle":
      return `answers 429${fault.retryAfter === undefined ? "" : `, to come back in ${fault.retryAfter} s`}`;
    case "refuseToken":
      return "answers 401, as to a token that it does not know";
    case "failItem":
      return `lets items of the batch fail: ${fault.reason ?? "Internal error"}`;
  }
}

function lengthOf(milliseconds: number | readonly [number, number]): string {
  if (typeof milliseconds === "number") return duration(milliseconds);
  return `${duration(milliseconds[0])} to ${duration(milliseconds[1])}`;
}

/**
 * Operations on the clock.
 *
 * @module
 */

import type { BrokerControl } from "../../control/broker_control.ts";
import { type ControlOperation, controlOperation } from "../operation.ts";
import * as schemas from "../schemas/clock.ts";

export const CLOCK_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "getClock",
    method: "get",
    path: "/clock",
    tag: "clock",
    summary: "Tells the simulated time",
    response: schemas.Clock,
    handle: show,
  }),
  controlOperation({
    operationId: "changeClock",
    method: "patch",
    path: "/clock",
    tag: "clock",
    summary: "Stops the clock, lets it run or skip, or changes its speed",
    body: schemas.ClockChange,
    response: schemas.Clock,
    handle(broker, { body: { frozen, skipping, speed } }) {
      if (speed !== undefined) broker.clock.setSpeed(speed);
      if (frozen === true || skipping === false && broker.clock.skipping) broker.clock.freeze();
      if (frozen === false) broker.clock.unfreeze();
      if (skipping) broker.clock.skip();
      return show(broker);
    },
  }),
  controlOperation({
    operationId: "advance",
    method: "post",
    path: "/clock/advance",
    tag: "clock",
    summary: "Lets time pass at once",
    body: schemas.Advance,
    response: schemas.Clock,
    handle(broker, { body }) {
      broker.clock.advance(body.milliseconds);
      return show(broker);
    },
  }),
];

function show({ clock: { now, frozen, skipping, speed } }: BrokerControl) {
  return { time: now.toISOString(), frozen, skipping, speed };
}

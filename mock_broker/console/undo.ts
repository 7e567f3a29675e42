/**
 * The way back: the world as it was before the last thing that destroyed something.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";
import type { SavedWorld } from "../description/saved_world.ts";

/** Keeps one world, that of before the last change, which its name tells from earlier ones. */
export class Undo {
  readonly #broker: BrokerControl;
  #changes = 0;
  #before: SavedWorld | undefined;

  constructor(broker: BrokerControl) {
    this.#broker = broker;
  }

  /** Makes a change that can be undone; the name to undo it by. If it fails, what was done before can still be. */
  async change(act: () => unknown): Promise<string> {
    const before = this.#broker.save({ secrets: true });
    await act();
    this.#before = before;
    return String(++this.#changes);
  }

  /**
   * Goes back to the world before a change. Time that has passed since under a running clock has passed there, too.
   *
   * @throws {TypeError} If something else was changed since, or it was undone already.
   */
  undo(name: string): void {
    const before = this.#before;
    if (!before || name !== String(this.#changes)) {
      throw new TypeError("This cannot be undone any more: only the last change can, and only once");
    }
    const { clock } = this.#broker;
    const now = clock.now.getTime();
    this.#broker.restore(before);
    this.#before = undefined;
    if (!clock.frozen) clock.advance(Math.max(0, now - clock.now.getTime()));
  }
}

/**
 * Polls until a session is in a state.
 *
 * @module
 */

import { checkNumber } from "./call/checks.ts";
import { sleep, within } from "./call/deadline.ts";
import { SessionManagerError, type SessionManagerErrorCode } from "./errors.ts";
import type { Session, SessionState } from "./types.ts";

/** How long to wait for a session, how eagerly, and for what. */
export interface WaitOptions {
  /**
   * The state to wait for.
   *
   * @default {"READY"}
   */
  state?: SessionState | undefined;
  /**
   * Milliseconds for the whole wait.
   *
   * @default {300000}
   */
  timeout?: number | undefined;
  /** Ends the wait. */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds between the first two polls; it grows by half each time.
   *
   * @default {500}
   */
  minDelay?: number | undefined;
  /**
   * The most milliseconds between two polls.
   *
   * @default {5000}
   */
  maxDelay?: number | undefined;
}

/** What polling wants of a client. */
interface SessionSource {
  getSession(sessionId: string, options: { signal: AbortSignal }): Promise<Session | undefined>;
}

/**
 * Polls until the session is in the state, or can no longer get there: it is on its way out, or
 * gone. Waiting for `DELETED`, it ends with nothing if the session is gone. `UNKNOWN` is waited out: the
 * broker lost contact with the host and may find it again.
 */
export async function pollSession(
  client: SessionSource,
  sessionId: string,
  { signal, timeout = 300_000, state = "READY", minDelay = 500, maxDelay = 5_000 }: WaitOptions = {},
): Promise<Session | undefined> {
  checkNumber("timeout", timeout);
  checkNumber("maxDelay", maxDelay);
  let session: Session | undefined;
  const failure = (code: SessionManagerErrorCode) =>
    new SessionManagerError(
      "waitForSession",
      code,
      `${sessionId} is not ${state} but ${session?.State ?? "gone"}`,
      { session },
    );
  const poll = async (signal: AbortSignal) => {
    let absences = 0;
    for (let delay = checkNumber("minDelay", minDelay);; delay = Math.min(delay * 1.5, maxDelay)) {
      session = await client.getSession(sessionId, { signal });
      if (session?.State === state || state === "DELETED" && !session) return session;
      // A new session may be unknown to the other brokers of a cluster, but not for long
      absences = session ? 0 : absences + 1;
      const leaving = state !== "DELETED" && /^DELET/.test(session?.State as string);
      if (leaving || absences >= 3) throw failure("STATE_UNREACHABLE");
      await sleep(delay, signal);
    }
  };
  return await within(poll, signal, timeout, () => failure("TIMEOUT"));
}

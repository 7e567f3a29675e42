/**
 * Polls until a session is in a state.
 *
 * @module
 */

import { checkNumber, checkString } from "./checks.ts";
import { sleep, within } from "./deadline.ts";
import { SessionManagerError } from "./errors.ts";
import type { Session, SessionState } from "./types.ts";

const OPERATION = "waitForSession";

/** A session that was never there may be too new for this broker of a cluster, but not for long. */
const POLLS_WITHOUT_SESSION = 3;

/** How long to wait for a session, how eagerly, and for what. */
export interface WaitOptions {
  /** The state to wait for. @default {"READY"} */
  state?: SessionState | undefined;
  /** Milliseconds for the whole wait. @default {300000} */
  timeout?: number | undefined;
  /** Ends the wait. */
  signal?: AbortSignal | undefined;
  /** Milliseconds between the first two polls; it grows by half each time. @default {500} */
  minDelay?: number | undefined;
  /** The most milliseconds between two polls. @default {5000} */
  maxDelay?: number | undefined;
}

/**
 * Polls with `look` until the session is in the state, or can no longer get there: it is on its way out, or
 * gone. Waiting for `DELETED` it ends with nothing if the session is gone. `UNKNOWN` is waited out: the
 * broker lost contact with the host and may find it again.
 */
export async function pollSession(
  sessionId: string,
  look: (signal: AbortSignal) => Promise<Session | undefined>,
  options: WaitOptions = {},
): Promise<Session | undefined> {
  const { state = "READY", timeout = 300_000, minDelay = 500, maxDelay = 5_000 } = options;
  checkString("state", state);
  checkNumber("timeout", timeout);
  checkNumber("minDelay", minDelay);
  checkNumber("maxDelay", maxDelay);
  let session: Session | undefined;
  const late = () =>
    failure("TIMEOUT", sessionId, `is not ${state} after ${timeout} ms but ${session?.State ?? "not there"}`);
  return await within(timeout, options.signal, late, async (signal) => {
    let wasThere = false;
    for (let poll = 1, delay = minDelay;; poll++, delay *= 1.5) {
      session = await look(signal);
      if (session ? session.State === state : state === "DELETED") return session;
      if (isLost(session?.State, state) || !session && (wasThere || poll >= POLLS_WITHOUT_SESSION)) {
        const found = session?.State ?? "not there";
        const reason = session?.StateReason ? ` (${session.StateReason})` : "";
        throw failure("STATE_UNREACHABLE", sessionId, `will not be ${state}, it is ${found}${reason}`);
      }
      wasThere = session !== undefined;
      await sleep(Math.min(delay, maxDelay), signal);
    }
  });
}

function isLost(found: SessionState | undefined, wanted: SessionState): boolean {
  return found === "DELETED" || found === "DELETING" && wanted !== "DELETED";
}

function failure(code: string, sessionId: string, finding: string): SessionManagerError {
  return new SessionManagerError(`Cannot wait for session ${sessionId}: it ${finding}`, {
    code,
    operation: OPERATION,
  });
}

/**
 * An open connection as events for whoever shows it. When the reader goes, the connection ends; when the connection ends,
 * the reader is told why.
 *
 * @module
 */

import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { endConnection } from "../../simulation/connections.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { ConnectorEnvironment } from "../connector_app.ts";
import { type DesktopView, desktopView, type OpenConnection } from "./desktop_view.ts";
import { type Ending, endingOf } from "./ending.ts";
import { pictureOf } from "./picture.ts";

/** How often is looked for what is new, in milliseconds. */
const INTERVAL_MS = 250;

/** How often something is sent although nothing happens, so that nobody in between takes the connection for dead. */
const HEARTBEAT_MS = 15_000;

/** How what is shown becomes HTML. */
export interface Rendering {
  view(view: DesktopView): string;
  ending(ending: Ending): string;
}

/** Streams the events `view`, `features` and `picture` as they change, and at last `ended`. */
export function connectionStream(
  c: Context<ConnectorEnvironment>,
  simulation: Simulation,
  open: OpenConnection,
  rendering: Rendering,
): Response {
  c.header("X-Accel-Buffering", "no");
  const hangUp = () => {
    if (endConnection(open.world, open.session, open.connection)) simulation.touch();
  };
  return streamSSE(c, async (stream) => {
    stream.onAbort(hangUp);
    c.req.raw.signal.addEventListener("abort", () => stream.abort(), { once: true });
    const change = changesOf(simulation, stream, c.env.closing);
    try {
      await tell(stream, simulation, open, rendering, change, c.env.closing);
    } finally {
      change.stop();
      hangUp();
    }
  });
}

/** Sends what is new until the connection ends or nobody listens any more. */
async function tell(
  stream: SSEStreamingApi,
  simulation: Simulation,
  open: OpenConnection,
  { view, ending }: Rendering,
  change: Changes,
  closing: AbortSignal | undefined,
): Promise<void> {
  const sent = new Map<string, string>();
  let quietSince = performance.now();
  const send = async (event: string, data: string | undefined) => {
    if (data === undefined || sent.get(event) === data) return;
    sent.set(event, data);
    quietSince = performance.now();
    await stream.writeSSE({ event, data });
  };
  while (!stream.aborted) {
    const end = endingOf(simulation, open, closing);
    if (end) return await send("ended", JSON.stringify({ ...end, html: ending(end) }));
    const now = desktopView(open);
    await send("view", view(now));
    await send("features", JSON.stringify([...now.features]));
    await send("picture", await pictureOf(open.session, open.world.now));
    if (performance.now() - quietSince > HEARTBEAT_MS) {
      quietSince = performance.now();
      await stream.write(": still here\n\n");
    }
    await change.next();
  }
}

/** When to look again. */
interface Changes {
  next(): Promise<void>;
  stop(): void;
}

/** After a while, and at once when the clock has been moved, the reader has gone or the server closes. */
function changesOf(
  simulation: Simulation,
  stream: SSEStreamingApi,
  closing: AbortSignal | undefined,
): Changes {
  let wake = () => {};
  const look = () => wake();
  const unsubscribe = simulation.subscribe(look);
  stream.onAbort(look);
  closing?.addEventListener("abort", look);
  return {
    next: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, INTERVAL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    stop() {
      unsubscribe();
      closing?.removeEventListener("abort", look);
    },
  };
}

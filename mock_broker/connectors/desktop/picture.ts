/**
 * The live picture of a session, drawn once for all who look.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { screenshotOf } from "../../screenshots/session.ts";
import type { Session } from "../../simulation/session.ts";

/** Largest width and height in pixels. */
const SIZE = { maxWidth: 1280, maxHeight: 800 };

/** Shortest time between two pictures of a session, in milliseconds: each takes a processor a tenth of that. */
const PAUSE_MS = 1_000;

interface Picture {
  readonly second: number;
  readonly drawn: number;
  readonly url: Promise<string>;
}

const pictures = new WeakMap<Session, Picture>();

/** A session's picture at a time, as a data URL; `undefined` while it has none. */
export async function pictureOf(session: Session, time: number): Promise<string | undefined> {
  const last = pictures.get(session);
  if (session.state !== "READY") return await last?.url;
  const second = Math.floor(time / 1_000);
  const isCurrent = last && (last.second === second || performance.now() - last.drawn < PAUSE_MS);
  if (isCurrent) return await last.url;
  const url = screenshotOf(session, time, SIZE).then(dataUrl);
  pictures.set(session, { second, drawn: performance.now(), url });
  return await url;
}

function dataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

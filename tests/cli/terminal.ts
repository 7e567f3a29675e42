/**
 * `dcvkit` in a terminal, as a person sees it: a pseudo-terminal, into which a test types.
 *
 * @module
 */

import { spawn } from "@lydell/node-pty";
import type { Stage } from "./dcvkit.ts";

/** Long enough for a busy machine. */
const PATIENCE_MS = 60_000;

/** Ctrl-C, as a keyboard sends it. */
export const CTRL_C = "\x03";

/** How large a terminal is, and what it says of itself. */
export interface Look {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command that runs in a terminal. */
export interface TerminalCommand {
  /** All that it has written, escape sequences included. */
  readonly written: string;
  /** Waits until it has written this. */
  until(text: string | RegExp): Promise<void>;
  type(text: string): void;
  /** Its exit status. */
  readonly ended: Promise<number>;
}

/** Starts the command in a terminal of its own. */
export function inTerminal(
  { program: [executable, ...before], folder, env }: Stage,
  args: readonly string[],
  { columns = 80, rows = 24, env: more = {} }: Look = {},
): TerminalCommand {
  const { NO_COLOR: _, ...inherited } = env;
  const terminal = spawn(executable, [...before, ...args], {
    cols: columns,
    rows,
    cwd: folder,
    env: { ...inherited, TERM: "xterm-256color", ...more },
  });
  let written = "";
  let look = () => {};
  terminal.onData((text) => {
    written += text;
    look();
  });
  const patience = setTimeout(() => terminal.kill(), PATIENCE_MS);
  const ended = new Promise<number>((resolve) =>
    terminal.onExit(({ exitCode, signal }) => {
      clearTimeout(patience);
      look();
      resolve(signal ? 128 + signal : exitCode);
    })
  );
  return {
    get written() {
      return written;
    },
    ended,
    type: (text) => terminal.write(text),
    async until(text) {
      const isThere = () => typeof text === "string" ? written.includes(text) : text.test(written);
      const seen = new Promise<void>((resolve) => {
        look = () => isThere() && resolve();
        look();
      });
      await Promise.race([
        seen,
        ended.then((code) => {
          if (!isThere()) throw new Error(`It ended with ${code} before it wrote ${text}: ${written}`);
        }),
      ]);
    },
  };
}

/** What it has written, without what colours it or moves the cursor. */
export function plain(written: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  return written.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replaceAll("\r", "");
}

/**
 * Standard output as a command that runs for days needs it: whoever started it may close it, or stop reading.
 *
 * @module
 */

import process from "node:process";

/** Most characters that wait for a reader. */
const MOST_WAITING = 1024 * 1024;

/** Standard output on Deno, where `process.stdout` would hold up the whole program until somebody reads. */
interface DenoOutput {
  write(bytes: Uint8Array): Promise<number>;
}

/**
 * Writes to standard output, one text at a time and without ever waiting for a reader. Nothing more is written once
 * the output is closed; what nobody reads for long is left out, and told of when somebody reads again.
 */
export class Output {
  readonly #lossNotice: (texts: number) => string;
  #waiting: string[] = [];
  #characters = 0;
  #lost = 0;
  #isClosed = false;
  #writing: Promise<void> | undefined;

  /** @param lossNotice What stands for so many texts that were left out. */
  constructor(lossNotice: (texts: number) => string) {
    this.#lossNotice = lossNotice;
    process.stdout.on("error", () => this.#close());
  }

  /** Writes a text, now or when those before it are written. */
  write(text: string): void {
    if (this.#isClosed) return;
    if (this.#characters > 0 && this.#characters + text.length > MOST_WAITING) {
      this.#lost++;
      return;
    }
    this.#waiting.push(text);
    this.#characters += text.length;
    this.#writing ??= this.#writeAll();
  }

  /** Waits until everything is written, or cannot be, or so many milliseconds are over. */
  async flush(patience: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => timer = setTimeout(resolve, patience));
    await Promise.race([this.#writing, over]);
    clearTimeout(timer);
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const text = this.#waiting.join("");
        this.#waiting = [];
        await send(text);
        this.#characters -= text.length;
        if (this.#waiting.length === 0 && this.#lost > 0) {
          const notice = this.#lossNotice(this.#lost);
          this.#lost = 0;
          this.#waiting.push(notice);
          this.#characters += notice.length;
        }
      }
    } catch {
      this.#close();
    }
    this.#writing = undefined;
  }

  #close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }
}

async function send(text: string): Promise<void> {
  const { Deno } = globalThis as { Deno?: { stdout: DenoOutput } };
  if (Deno === undefined) return await sendThrough(process.stdout, text);
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await Deno.stdout.write(bytes));
}

function sendThrough(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => error ? reject(error) : resolve());
  });
}

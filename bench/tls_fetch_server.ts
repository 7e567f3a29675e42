/**
 * Answers every request over HTTPS with the same 20 sessions, on Bun, whose server costs the machine least. It reads
 * `{ cert, key, page }` from its standard input and prints its port.
 *
 * @module
 */

import process from "node:process";
import { text } from "node:stream/consumers";

/** The part of Bun that is used here. */
interface Bun {
  serve(options: {
    hostname: string;
    port: number;
    tls: { cert: string; key: string };
    fetch(request: Request): Promise<Response>;
  }): { port: number };
}

const { Bun: bun } = globalThis as unknown as { Bun: Bun };
const { cert, key, page } = JSON.parse(await text(process.stdin));
const { port } = bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  tls: { cert, key },
  async fetch(request) {
    await request.text();
    return new Response(page, { headers: { "Content-Type": "application/json" } });
  },
});
console.log(port);

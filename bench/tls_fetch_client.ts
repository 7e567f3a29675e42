/**
 * Calls a server with `createTlsFetch()` and with the runtime's own `fetch`, in turn, and prints requests a second for
 * each number of calls at once. It reads `{ url, ca }` from its standard input; Node's `fetch` knows the authority from
 * its environment.
 *
 * @module
 */

import process from "node:process";
import { text } from "node:stream/consumers";
import { createTlsFetch } from "../src/tls.ts";

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** What is measured for a number of calls at once: requests a second, in each round. */
export interface TlsFetchRates {
  readonly atOnce: number;
  readonly ours: number[];
  readonly own: number[];
}

const ROUNDS = 7;
const BODY = JSON.stringify({ MaxResults: 20 });
const HEADERS = {
  "accept": "application/json",
  "authorization": "Bearer a-token",
  "content-type": "application/json",
};

const { url, ca } = JSON.parse(await text(process.stdin));
const ours: Send = createTlsFetch({ ca });
const own = ownFetch();
const rates: TlsFetchRates[] = [];
for (const atOnce of [1, 16, 128]) {
  const figures: [number[], number[]] = [[], []];
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, send] of [ours, own].entries()) {
      const rate = await rateOf(send, atOnce, atOnce === 1 ? 300 : 1_500);
      // The first round warms up.
      if (round >= 0) figures[index]!.push(rate);
    }
  }
  rates.push({ atOnce, ours: figures[0], own: figures[1] });
}
console.log(JSON.stringify(rates));
process.exit(0);

async function rateOf(send: Send, atOnce: number, calls: number): Promise<number> {
  const start = performance.now();
  let left = calls;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (left-- > 0) await (await send(url, init())).text();
  }));
  return calls * 1_000 / (performance.now() - start);
}

/** As the client calls it. */
function init(): RequestInit {
  const { signal } = new AbortController();
  return { method: "POST", headers: HEADERS, body: BODY, redirect: "manual", signal };
}

function ownFetch(): Send {
  if ("Deno" in globalThis) {
    const client = Deno.createHttpClient({ caCerts: [ca] });
    return (url, init) => fetch(url, { ...init, client });
  }
  if ("Bun" in globalThis) return (url, init) => fetch(url, { ...init, tls: { ca } } as RequestInit);
  return (url, init) => fetch(url, init);
}

/**
 * Makes the calls on its standard input, `{ module, calls: [{ url, options }] }`, and prints what came of
 * them. It closes no connection and leaves a long deadline behind: neither may keep the process from ending.
 *
 * @module
 */

import process from "node:process";
import { text } from "node:stream/consumers";

const { module, calls } = JSON.parse(await text(process.stdin));
const { createTlsFetch } = await import(module);

const outcomes = [];
for (const { url, options } of calls) {
  try {
    const response = await createTlsFetch(options)(url, { signal: AbortSignal.timeout(600_000) });
    outcomes.push({ answer: await response.json() });
  } catch (error) {
    outcomes.push({ failure: { name: error.name, message: error.message, code: error.cause?.code } });
  }
}
console.log(JSON.stringify(outcomes));

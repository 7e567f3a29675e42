/**
 * Ends calls in every way, `{ module, key, cert }` on its standard input, and prints what became of each. The
 * last call is never answered: that may not keep the process from ending.
 *
 * @module
 */

import { createServer } from "node:https";
import process from "node:process";
import { text } from "node:stream/consumers";

const { module, key, cert } = JSON.parse(await text(process.stdin));
const { createTlsFetch } = await import(module);

const ANSWERS = {
  "/whole": (response) => response.end("whole"),
  "/cut": (response) => {
    response.writeHead(200, { "Content-Length": 100 });
    response.write("cut", () => response.socket.destroy());
  },
  "/drip": (response) => response.write("first"),
  "/wait": () => arrived(),
  "/moved": (response) => response.writeHead(302, { Location: "/whole" }).end("elsewhere"),
};
let arrived = () => {};
const arrival = () => new Promise((resolve) => arrived = resolve);
const server = createServer({ key, cert }, ({ url }, response) => ANSWERS[url](response));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `https://localhost:${server.address().port}`;
const fetch = createTlsFetch({ ca: cert });
const get = async (path, init) => await fetch(origin + path, init);
const outcomes = {};

async function note(name, promise) {
  try {
    outcomes[name] = await promise;
  } catch (error) {
    outcomes[name] = [
      error.name,
      // Each runtime has its own words for what is its own.
      ["TimeoutError", "SyntaxError"].includes(error.name) ? "" : error.message.split(":")[0],
      error.cause?.code,
    ].join(" | ");
  }
}

await note("text", get("/whole").then((response) => response.text()));
await note("stream after a look at it", get("/whole").then((response) => response.body && response.text()));
await note("text cut off", get("/cut").then((response) => response.text()));
await note("JSON cut off", get("/cut").then((response) => response.json()));
await note("no JSON", get("/whole").then((response) => response.json()));
await note("stream cut off", get("/cut").then((response) => new Response(response.body).text()));
await note("redirect", get("/moved"));

const inBody = new AbortController();
const reader = (await get("/drip", { signal: inBody.signal })).body.getReader();
await reader.read();
inBody.abort(new Error("no longer wanted"));
await note("abort in the body", reader.read());

const inHead = new AbortController();
let arriving = arrival();
const waiting = get("/wait", { signal: inHead.signal });
await Promise.race([arriving, waiting]);
inHead.abort(new Error("no longer wanted"));
await note("abort before the head", waiting);

arriving = arrival();
const closing = get("/wait");
await Promise.race([arriving, closing]);
fetch.close();
await note("close", closing);
await note("after close", get("/whole").then((response) => response.text()));

const timeout = AbortSignal.timeout(200);
await note("timeout", get("/wait", { signal: timeout }));
console.log(JSON.stringify(outcomes));
server.unref();
server.closeAllConnections();

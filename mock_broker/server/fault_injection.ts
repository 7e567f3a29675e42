/**
 * Acting out the faults that strike a request, in process and over sockets alike.
 *
 * @module
 */

import { parametersOf } from "../journal/sent_request.ts";
import type { DelayFault, StatusFault } from "../simulation/fault_rule.ts";
import type { Strike, StrikingFault } from "../simulation/active_faults.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { BrokenAnswer } from "./broken_answer.ts";
import type { Connector } from "./connector.ts";
import type { ServerBindings } from "./server_bindings.ts";
import { MOST_UNKNOWN_BODY_BYTES } from "./request_body.ts";
import { RequestError } from "./request_error.ts";
import type { Exchange } from "./exchange.ts";
import { waitSimulated } from "./simulated_wait.ts";

/** The faults that strike this request: delays, and at most one other. */
export async function strikesOf(
  exchange: Exchange,
  connector: Connector,
  simulation: Simulation,
): Promise<readonly Strike<StrikingFault>[]> {
  const { world } = simulation;
  const clientId = connector.clientOf(exchange.request);
  const items = world.faults.lookAtItems ? await itemsOf(exchange, connector) : [];
  const { operation } = exchange;
  const strikes = world.faults.strikeRequest({ operation, clientId, items });
  if (strikes.length > 0 && clientId !== undefined) exchange.clientId = clientId;
  return strikes;
}

/** What faults act on. */
export interface Struck {
  readonly exchange: Exchange;
  readonly simulation: Simulation;
  readonly bindings: ServerBindings;
  /** Lets the broker handle the request. */
  readonly proceed: () => Promise<Response>;
  /** Enters the request in the journal, once, with the head of its answer if there is one. */
  readonly record: (answer: Pick<Response, "status" | "headers"> | undefined) => void;
}

/** Answers a request that is struck: after all delays, in the way of the other fault. */
export async function answerStruck(
  strikes: readonly Strike<StrikingFault>[],
  struck: Struck,
): Promise<Response | BrokenAnswer> {
  const { exchange, proceed, record } = struck;
  exchange.faults.push(...strikes.map(({ id, fault }) => ({ id, type: fault.type })));
  const faults = strikes.map(({ fault }) => fault);
  const other = faults.find((fault) => fault.type !== "delay");
  const answer = await passDelays(faults, struck) ?? (other ? await act(other, struck) : await proceed());
  record(answer instanceof BrokenAnswer ? answer.head : answer);
  return answer;
}

/** Waits; the caller or the world may be gone before that is over. */
async function passDelays(
  faults: readonly StrikingFault[],
  { exchange, simulation, bindings }: Struck,
): Promise<BrokenAnswer | undefined> {
  let sum = 0;
  for (const fault of faults) if (fault.type === "delay") sum += fault.milliseconds;
  if (sum === 0) return undefined;
  const end = await waitSimulated(simulation, sum, exchange.request, bindings);
  return end === "due" ? undefined : new BrokenAnswer();
}

async function act(
  fault: Exclude<StrikingFault, DelayFault>,
  { exchange, simulation, bindings, proceed, record }: Struck,
): Promise<Response | BrokenAnswer> {
  switch (fault.type) {
    case "status":
      if (fault.handled) await proceed();
      return statusAnswer(fault, exchange);
    case "throttle":
      return refusal(exchange, 429, "Too many requests", retryAfter(fault.retryAfter));
    case "refuseToken":
      return refusal(exchange, 401, "Invalid token");
    case "reset":
      if (fault.handled) await proceed();
      return new BrokenAnswer(undefined, undefined, fault.refused === true);
    case "noAnswer":
      if (fault.handled) await proceed();
      // The journal shows it at once: nothing more will come of it.
      record(undefined);
      await waitSimulated(simulation, Infinity, exchange.request, bindings);
      return new BrokenAnswer();
    case "cutOff":
      return await cutOff(await proceed(), fault.afterBytes);
    case "garble":
      return await garbled(await proceed());
  }
}

function statusAnswer({ status, body, headers }: StatusFault, exchange: Exchange): Response {
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers: headers ?? {} });
  const content = body === undefined ? { error: "Fault injected by the mock broker" } : body;
  const isText = typeof content === "string";
  const text = isText ? content : JSON.stringify(content);
  exchange.responseText = text;
  return new Response(text, {
    status,
    headers: { "Content-Type": isText ? "text/plain" : "application/json", ...headers },
  });
}

function refusal(exchange: Exchange, status: number, error: string, headers: HeadersInit = {}): Response {
  exchange.responseText = JSON.stringify({ error });
  return Response.json({ error }, { status, headers });
}

function retryAfter(value: number | string | undefined): HeadersInit {
  return value === undefined ? {} : { "Retry-After": String(value) };
}

/** An answer without a body breaks off before it begins. */
async function cutOff(response: Response, afterBytes: number | undefined): Promise<BrokenAnswer> {
  const body = new Uint8Array(await response.arrayBuffer());
  if (body.byteLength === 0) return new BrokenAnswer();
  const headers = new Headers(response.headers);
  headers.set("Content-Length", String(body.byteLength));
  const length = Math.min(afterBytes ?? body.byteLength >> 1, body.byteLength - 1);
  return new BrokenAnswer({ status: response.status, headers }, body.slice(0, length));
}

/** Turns each byte around, so that neither JSON nor UTF-8 is left, and the length stays. */
async function garbled(response: Response): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer()).map((byte) => byte ^ 0xff);
  return new Response(body, { status: response.status, headers: response.headers });
}

/** What a request names; a body that cannot be read names nothing, and is refused by whoever handles it. */
async function itemsOf(exchange: Exchange, connector: Connector): Promise<string[]> {
  const { pathname, search } = new URL(exchange.request.url);
  const inUrl = [
    ...pathname.split("/").slice(1).map(decoded),
    ...Object.values(parametersOf(search)),
  ];
  if (exchange.method === "GET" || exchange.method === "HEAD") return inUrl;
  if (!await mayBeRead(exchange.request, connector)) return inUrl;
  const text = await exchange.body().catch((error) => {
    if (error instanceof RequestError) return "";
    throw error;
  });
  return [...inUrl, ...connector.itemsIn(text)];
}

/** Whether a body is short, or its sender known. */
async function mayBeRead(request: Request, connector: Connector): Promise<boolean> {
  const length = Number(request.headers.get("Content-Length") ?? Infinity);
  return length <= MOST_UNKNOWN_BODY_BYTES || await connector.isAuthentic(request);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

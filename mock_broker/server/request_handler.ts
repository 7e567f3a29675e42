/**
 * What every request meets before a connector's app, and every answer after it: the control API, faults, and the
 * journal.
 *
 * @module
 */

import { getPath } from "hono/utils/url";
import { CHANGING_OPERATIONS, type OperationName } from "../simulation/fault_rule.ts";
import type { BrokenAnswer } from "./broken_answer.ts";
import type { Connector, ServerContext } from "./connector.ts";
import { Exchange } from "./exchange.ts";
import { answerStruck, strikesOf } from "./fault_injection.ts";
import type { ServerBindings } from "./server_bindings.ts";
import { TextAnswer } from "./text_answer.ts";
import { wayToPage } from "./way_to_page.ts";

/** Answers a request; `path` is given where it is not the URL's. */
export type RequestHandler = (
  request: Request,
  bindings: ServerBindings,
  path?: string,
) => Promise<Response | TextAnswer | BrokenAnswer>;

/** What the journal keeps of an answer beside its body. */
interface AnswerHead {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string>>;
}

/** Operations after which the world may be another one. */
const CHANGING: ReadonlySet<OperationName | undefined> = new Set(CHANGING_OPERATIONS);

/** A connector as requests get to it. */
export function createRequestHandler(
  connector: Connector,
  { simulation, journal, control }: ServerContext,
): RequestHandler {
  return async (request, bindings, path = getPath(request)) => {
    if (connector.name === "client" && control?.isOpen(bindings)) {
      const way = wayToPage(request, path);
      if (way) return way;
      if (path.startsWith("/_mock/")) return await control.fetch(request, bindings, path);
    }
    const exchange = new Exchange(connector.name, request, path, connector.operationOf(path));
    const came = simulation.world.now;
    const record = (answer: AnswerHead | undefined) => {
      if (!exchange.isRecorded) journal.record(recorded(exchange, bindings, came, simulation, answer));
      exchange.isRecorded = true;
    };
    const proceed = async () => {
      const answer = await connector.handle(request, bindings, exchange);
      if (CHANGING.has(exchange.operation)) simulation.touch();
      return answer;
    };
    // What goes wrong is a broker's doing: desktops are none of its connectors.
    const isSpared = connector.name === "desktop" || simulation.world.faults.isEmpty;
    const strikes = isSpared ? [] : await strikesOf(exchange, connector, simulation);
    if (strikes.length > 0) {
      const proceedForReal = async () => {
        const answer = await proceed();
        return answer instanceof TextAnswer ? answer.toResponse(request.method) : answer;
      };
      return await answerStruck(strikes, {
        exchange,
        simulation,
        bindings,
        proceed: proceedForReal,
        record,
      });
    }
    const answer = await proceed();
    record(answer);
    return answer;
  };
}

function recorded(
  exchange: Exchange,
  { incoming }: ServerBindings,
  came: number,
  { world }: ServerContext["simulation"],
  answer: AnswerHead | undefined,
) {
  const { connector, operation, method, path, clientId, requestText, responseText, faults } = exchange;
  const { url, headers } = exchange.request;
  return {
    time: came,
    duration: Math.max(0, world.now - came),
    connector,
    operation,
    method,
    path,
    sent: incoming
      ? { url, target: incoming.url, headers: incoming.rawHeaders, httpVersion: incoming.httpVersion }
      : { url, target: undefined, headers, httpVersion: "1.1" },
    clientId,
    requestText,
    status: answer?.status,
    retryAfter: retryAfterOf(answer),
    responseText: answer && responseText,
    faults,
  };
}

/** Only a refusal has it, and a broker's own refusals have none. */
function retryAfterOf(answer: AnswerHead | undefined): string | undefined {
  if (answer === undefined || !(answer.headers instanceof Headers)) return undefined;
  return answer.headers.get("Retry-After") ?? undefined;
}

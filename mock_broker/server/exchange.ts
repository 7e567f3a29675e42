/**
 * One request on its way through a connector: what the handlers, the faults and the journal know of it.
 *
 * @module
 */

import type { ConnectorName, KeptText, StruckBy } from "../journal/entry.ts";
import type { OperationName } from "../simulation/fault_rule.ts";
import { MOST_BODY_BYTES, readBody } from "./request_body.ts";
import type { TextAnswer } from "./text_answer.ts";

/** A request and what is known of it so far. */
export class Exchange {
  readonly connector: ConnectorName;
  readonly request: Request;
  readonly method: string;
  /** The path within the broker's world, decoded. */
  readonly path: string;
  readonly operation: OperationName | undefined;
  /** The API client, once it is known. */
  clientId: string | undefined;
  /** What the journal shows of the request's body; `undefined` as long as nobody has looked at it. */
  requestText: string | undefined;
  /** The answer, where its body is a text. */
  textAnswer: TextAnswer | undefined;
  /** What the journal shows of the answer's body. */
  responseText: KeptText | undefined;
  /** The fault rules that struck, and what they did. */
  readonly faults: StruckBy[] = [];
  /** Whether the journal has it already. */
  isRecorded = false;
  #body: Promise<string> | undefined;

  constructor(
    connector: ConnectorName,
    request: Request,
    path: string,
    operation: OperationName | undefined,
  ) {
    this.connector = connector;
    this.request = request;
    this.method = request.method;
    this.path = path;
    this.operation = operation;
  }

  /**
   * The request's body, read once.
   *
   * @param most Longest body to read, in bytes.
   */
  body(most: number = MOST_BODY_BYTES): Promise<string> {
    return this.#body ??= readBody(this.request, most);
  }
}

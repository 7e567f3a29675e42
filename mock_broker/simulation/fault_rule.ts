/**
 * What can be made to go wrong, and when.
 *
 * @module
 */

/**
 * What a caller asks for: one of the nine operations under the name of the client's method, `token` and `health`,
 * or of the other connectors `validateAuthenticationToken` (agents) and `resolveSession` (gateways).
 */
export type OperationName =
  | "describeSessions"
  | "describeServers"
  | "createSessions"
  | "deleteSessions"
  | "updateSessionPermissions"
  | "getSessionConnectionData"
  | "getSessionScreenshots"
  | "openServers"
  | "closeServers"
  | "token"
  | "health"
  | "validateAuthenticationToken"
  | "resolveSession";

/** The operations that take an access token. */
export const AUTHORIZED_OPERATIONS = [
  "describeSessions",
  "describeServers",
  "createSessions",
  "deleteSessions",
  "updateSessionPermissions",
  "getSessionConnectionData",
  "getSessionScreenshots",
  "openServers",
  "closeServers",
] as const satisfies readonly OperationName[];

/** All operations. */
export const OPERATION_NAMES = [
  ...AUTHORIZED_OPERATIONS,
  "token",
  "health",
  "validateAuthenticationToken",
  "resolveSession",
] as const satisfies readonly OperationName[];

/** The operations that answer item by item. */
export const BATCH_OPERATIONS: readonly OperationName[] = [
  "createSessions",
  "deleteSessions",
  "updateSessionPermissions",
  "getSessionScreenshots",
  "openServers",
  "closeServers",
];

/** The operations after which the world may be another one. */
export const CHANGING_OPERATIONS: readonly OperationName[] = [
  "createSessions",
  "deleteSessions",
  "updateSessionPermissions",
  "openServers",
  "closeServers",
];

/** What goes wrong. */
export type Fault =
  | StatusFault
  | DelayFault
  | ResetFault
  | NoAnswerFault
  | CutOffFault
  | GarbleFault
  | ThrottleFault
  | RefuseTokenFault
  | FailItemFault;

/** A fault that strikes a request as a whole. */
export type RequestFault = Exclude<Fault, FailItemFault>;

/** An answer with this status. */
export interface StatusFault {
  /** Which fault it is. */
  readonly type: "status";
  /** From 200 to 599. */
  readonly status: number;
  /**
   * A text is sent as it is, anything else as JSON.
   *
   * @default {an object whose `error` is "Fault injected by the mock broker"}
   */
  readonly body?: unknown;
  /**
   * Headers of the answer.
   *
   * @default {a Content-Type for the body}
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the broker acts on the request all the same.
   *
   * @default {false}
   */
  readonly handled?: boolean | undefined;
}

/** The broker takes its time before it looks at the request. */
export interface DelayFault {
  /** Which fault it is. */
  readonly type: "delay";
  /** Milliseconds of simulated time: under a clock that stands, the answer waits for `advance()`. */
  readonly milliseconds: number | readonly [from: number, to: number];
}

/** The connection is reset before any byte of an answer. */
export interface ResetFault {
  /**
   * Whether connections are refused instead: nobody listens while the rule is in force. Such a rule has a `duration`,
   * for the control API is out of reach too, and no other condition.
   *
   * @default {false}
   */
  readonly refused?: boolean | undefined;
  /** Which fault it is. */
  readonly type: "reset";
  /**
   * Whether the broker acts on the request before.
   *
   * @default {false}
   */
  readonly handled?: boolean | undefined;
}

/** No answer comes until the caller gives up. */
export interface NoAnswerFault {
  /** Which fault it is. */
  readonly type: "noAnswer";
  /**
   * Whether the broker acts on the request.
   *
   * @default {false}
   */
  readonly handled?: boolean | undefined;
}

/** The broker acts and answers, but the connection ends within the body, or before an answer without one. */
export interface CutOffFault {
  /** Which fault it is. */
  readonly type: "cutOff";
  /**
   * How much of the body arrives.
   *
   * @default {half of it}
   */
  readonly afterBytes?: number | undefined;
}

/** The broker acts and answers, but with a body that is not what its headers say. */
export interface GarbleFault {
  /** Which fault it is. */
  readonly type: "garble";
}

/** 429, with the broker's words. */
export interface ThrottleFault {
  /** Which fault it is. */
  readonly type: "throttle";
  /**
   * Seconds, or an HTTP date, for a `Retry-After` header.
   *
   * @default {no such header, as the broker has none}
   */
  readonly retryAfter?: number | string | undefined;
}

/** 401, as for a token that the broker does not know. It strikes operations that take an access token. */
export interface RefuseTokenFault {
  /** Which fault it is. */
  readonly type: "refuseToken";
}

/** An item of a batch goes to the UnsuccessfulList, and nothing happens to it. It strikes batch operations. */
export interface FailItemFault {
  /** Which fault it is. */
  readonly type: "failItem";
  /** The item's `FailureReason`. */
  readonly reason: string;
  /**
   * The item's `FailureCode`, which OpenServers and CloseServers have.
   *
   * @default {"DCV_SERVER_ERROR"}
   */
  readonly code?: string | undefined;
}

/**
 * A fault and the requests that it strikes. Conditions that are left out hold for every request.
 *
 * For a fault of type `failItem`, `skip`, `times` and `probability` count the items of a batch rather than requests.
 *
 * @example The second request for sessions is answered by 503
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 *
 * const broker = new MockBroker();
 * broker.faults.add({
 *   operation: "describeSessions",
 *   skip: 1,
 *   times: 1,
 *   fault: { type: "status", status: 503, body: "busy" },
 * });
 * const statuses = [];
 * for (let i = 0; i < 3; i++) {
 *   const { status } = await broker.fetch(`${broker.url}/describeSessions`, { method: "POST" });
 *   statuses.push(status);
 * }
 * console.log(statuses); // [401, 503, 401]: none of them has a token
 * ```
 */
export interface FaultRule {
  /**
   * Names the rule.
   *
   * @default {`fault-1`, `fault-2`, ...}
   */
  readonly id?: string | undefined;
  /** The operation, or several. */
  readonly operation?: OperationName | readonly OperationName[] | undefined;
  /** The API client that calls. */
  readonly clientId?: string | undefined;
  /** What the request is about: a session's id or name, an owner, or a server's id that it names. */
  readonly item?: string | undefined;
  /**
   * How many matching requests pass before the first one is struck.
   *
   * @default {0}
   */
  readonly skip?: number | undefined;
  /**
   * How many are struck; then the rule is gone.
   *
   * @default {all of them}
   */
  readonly times?: number | undefined;
  /**
   * The share that is struck of those left by `skip`, from 0 to 1.
   *
   * @default {1}
   */
  readonly probability?: number | undefined;
  /**
   * How long the rule is in force, in milliseconds of simulated time.
   *
   * @default {until it is removed}
   */
  readonly duration?: number | undefined;
  /** What goes wrong. */
  readonly fault: Fault;
}

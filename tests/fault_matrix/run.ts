/**
 * Runs the fault matrix on one runtime: a broker of its own for each cell, over TLS, and one process of the client
 * for many of them.
 *
 * @module
 */

import { MockBroker, type MockBrokerServer } from "@dcvkit/mock-broker";
import type { CertificateAuthority } from "../../mock_broker/server/certificates.ts";
import {
  type FaultCase,
  FAULTS,
  isPossible,
  type Outcome,
  type Strikes,
  type Target,
  TARGETS,
  type Way,
} from "./cells.ts";
import type { CellCall, MatrixInput } from "./program.ts";

/** How long an attempt may take where there may be no answer. The second one must not take as long. */
const TIMEOUT_MS = 4_000;
const LONG_TIMEOUT_MS = 60_000;
const AT_ONCE = 24;
/** A process that does not end by itself is ended then, and its results are none. */
const PATIENCE_MS = 120_000;
const SESSION_ID = "there-before";

/** All calls that go the same way. */
export interface Group extends Way {
  /** The command that runs a program. */
  readonly command: readonly string[];
  /** The bundled program. */
  readonly program: string;
  readonly authority: CertificateAuthority;
  /** A file with the authority's certificate, for the global `fetch`. */
  readonly caFile: string;
}

/** A cell, and what became of its call. */
export interface CellOutcome {
  readonly faultCase: FaultCase;
  readonly target: Target;
  readonly strikes: Strikes;
  readonly outcome: Outcome;
}

interface Cell extends Omit<CellOutcome, "outcome"> {
  readonly broker: MockBroker;
  readonly server: MockBrokerServer;
}

/** Makes the calls of a group; what they come to is looked up once the process has ended. */
export async function runGroup(
  group: Group,
  isWanted: (cell: Omit<CellOutcome, "outcome">) => boolean = () => true,
): Promise<CellOutcome[]> {
  await using brokers = new AsyncDisposableStack();
  const tls = group.authority.issueServerCertificate();
  const cells: Cell[] = [];
  for (const faultCase of FAULTS.toSorted(unansweredLast)) {
    for (const target of TARGETS) {
      if (!isPossible(faultCase, target)) continue;
      for (const strikes of ["once", "always"] as const) {
        if (!isWanted({ faultCase, target, strikes })) continue;
        const broker = new MockBroker({
          seed: 1, // Without one each broker makes a key pair, which takes longer than all else
          sessions: [{ id: SESSION_ID, owner: "ana", type: "VIRTUAL" }],
        });
        const server = brokers.use(await broker.listen({ port: 0, tls }));
        cells.push({ faultCase, target, strikes, broker, server });
      }
    }
  }
  const calls = await Promise.all(cells.map((cell) => callOf(cell, group)));
  const results = await resultsOf(group, calls);
  return cells.map((cell, index) => ({
    ...cell,
    outcome: outcomeOf(cell, group, results[index] ?? "no result"),
  }));
}

/** Whether time decides on the outcome: on a busy machine an answer may come too late. */
export function isTimed({ fault }: FaultCase): boolean {
  return fault.type === "noAnswer";
}

function unansweredLast(a: FaultCase, b: FaultCase): number {
  return Number(isTimed(a)) - Number(isTimed(b));
}

/** The rule is there before the call, but what makes a connection kept is not struck. */
async function callOf({ broker, server, faultCase, target, strikes }: Cell, group: Group): Promise<CellCall> {
  broker.faults.add({
    operation: target,
    ...(strikes === "once" && { times: 1 }),
    skip: warmsUp(target, group.connection) ? 1 : 0,
    fault: faultCase.fault,
  });
  const tokens = group.connection === "fresh" && target !== "token" && target !== "health"
    ? [await accessToken(broker), await accessToken(broker)]
    : undefined;
  return {
    target,
    brokerUrl: server.url,
    credentials: broker.credentials,
    ...(tokens && { tokens }),
    timeout: isTimed(faultCase) ? TIMEOUT_MS : LONG_TIMEOUT_MS,
    serverId: broker.hosts.list().items[0]!.id,
    sessionId: SESSION_ID,
  };
}

async function accessToken({ url, credentials, fetch }: MockBroker): Promise<string> {
  const { clientId, clientSecret } = credentials;
  const answer = await fetch(`${url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  return (await answer.json()).access_token;
}

async function resultsOf(group: Group, calls: readonly CellCall[]): Promise<string[]> {
  const input: MatrixInput = {
    ...(group.fetch === "createTlsFetch()" && { ca: group.authority.cert }),
    kept: group.connection === "kept",
    atOnce: AT_ONCE,
    calls,
  };
  const [program, ...args] = group.command;
  const child = new Deno.Command(program!, {
    args: [...args, group.program],
    env: { DENO_CERT: group.caFile, NODE_EXTRA_CA_CERTS: group.caFile, NO_COLOR: "1" },
    signal: AbortSignal.timeout(PATIENCE_MS),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await new Blob([JSON.stringify(input)]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${group.command.join(" ")} failed: ${decoder.decode(stderr)}`);
  return JSON.parse(decoder.decode(stdout));
}

function outcomeOf({ broker, target }: Cell, { connection }: Group, result: string): Outcome {
  const requests = broker.journal.entries({ operation: target }).length;
  const before = warmsUp(target, connection) ? 1 : 0;
  const made = broker.sessions.list().items.filter(({ id }) => id !== SESSION_ID);
  return { result, requests: requests - before, sessions: made.length };
}

/** Whether the call that makes a connection is one of the target's. */
function warmsUp(target: Target, connection: Group["connection"]): boolean {
  return connection === "kept" && target === "describeServers";
}

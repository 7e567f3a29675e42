/**
 * Histories of everything that a program may do to a broker, and the answers that it gets.
 */

import { assert } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import fc from "fast-check";

/** What the actions work with. */
interface Stage {
  broker: MockBroker;
  /** The sessions of which the broker has told. */
  readonly sessions: { id: string; owner: string }[];
  send(method: string, path: string, body?: unknown): Promise<string>;
}

const HOSTS = ["node-1", "node-2", "node-3", "desktop-1"];
const OWNERS = ["ana", "bo", "cy"];

/** What a program may do to a broker; the number makes the choices that there are. */
const ACTIONS: Record<string, (stage: Stage, number: number) => void | Promise<unknown>> = {
  async createSession({ sessions, send }, number) {
    const owner = chosen(OWNERS, number);
    const request = {
      Name: "desktop",
      Owner: owner,
      Type: chosen(["VIRTUAL", "VIRTUAL", "CONSOLE"], number),
    };
    const text = await send("POST", "/createSessions", [{ ...request, EnqueueRequest: number % 5 === 0 }]);
    for (const { Id } of JSON.parse(text).SuccessfulList) sessions.push({ id: Id, owner });
  },
  deleteSession({ sessions, send }, number) {
    const { id, owner } = chosen(sessions, number);
    return send("POST", "/deleteSessions", [{ SessionId: id, Owner: owner, Force: number % 3 === 0 }]);
  },
  describeSessions: ({ send }, number) => send("POST", "/describeSessions", { MaxResults: number % 9 + 1 }),
  describeServers: ({ send }, number) => send("POST", "/describeServers", { MaxResults: number % 4 + 1 }),
  getConnectionData: ({ sessions, send }, number) =>
    send("GET", `/sessionConnectionData/${chosen(sessions, number).id}/guest`),
  getScreenshot({ sessions, send }, number) {
    const request = { SessionId: chosen(sessions, number).id, MaxWidth: 40, MaxHeight: 30 };
    return send("POST", "/getSessionScreenshots", [request]);
  },
  closeUnknownServer: ({ send }) => send("POST", "/closeServers", [{ ServerId: "nowhere" }]),
  sendNonsense: ({ send }, number) =>
    send("POST", chosen(["/describeSessions", "/nowhere"], number), { Nonsense: number }),
  createOnHost({ broker, sessions }, number) {
    const owner = `local-${number}`;
    const id = attempt(() => broker.sessions.createOnHost(chosen(HOSTS, number), { owner }));
    if (id !== undefined) sessions.push({ id, owner });
  },
  loseAgent: ({ broker }, number) => broker.hosts.loseAgent(chosen(HOSTS, number)),
  restoreAgent: ({ broker }, number) => broker.hosts.restoreAgent(chosen(HOSTS, number)),
  reboot: ({ broker }, number) => broker.hosts.reboot(chosen(HOSTS, number)),
  restart: ({ broker }) => broker.restart(),
  addHost: ({ broker }, number) => {
    attempt(() => broker.hosts.add({ hostname: `new-${number % 4}`, maxVirtualSessions: 1 }));
  },
  terminate: ({ broker }, number) => {
    attempt(() => broker.hosts.terminate(`new-${number % 4}`));
  },
  connect: ({ broker, sessions }, number) => {
    const { id, owner } = chosen(sessions, number);
    attempt(() => broker.sessions.connect(id, owner));
  },
  setFault: ({ broker }, number) => {
    broker.faults.add({
      operation: "describeServers",
      probability: 0.5,
      times: number % 7 + 1,
      ...(number % 2 === 0 && { duration: (number + 1) * 100 }),
      fault: { type: "status", status: 503 },
    });
  },
  changeServer: ({ broker }, number) => {
    const host = chosen(HOSTS, number);
    if (number % 3 === 0) broker.hosts.setDcvHealth(host, number % 2 === 0);
    else if (number % 3 === 1) broker.hosts.setOpen(host, number % 2 === 0);
    else broker.hosts.setLoggedInUsers(host, number % 2 === 0 ? ["kim"] : []);
  },
  changeHost: ({ broker }, number) => {
    const cpus = [null, 8, 16][number % 3];
    const tags = number % 2 === 0 ? { size: `${number % 4}` } : null;
    broker.hosts.change(chosen(HOSTS, number), { cpus, tags, maxVirtualSessions: number % 5 });
  },
  reset: ({ broker, sessions }, number) => {
    if (number % 10 > 0) return;
    broker.reset();
    sessions.length = 1;
  },
  wait: ({ broker }, number) => broker.advance(number * 37),
};

/** Something that is done, and the number that makes its choices. */
export type Action = [name: string, number: number];

/** Time passes and hosts come back more often than anything goes wrong, or nothing would ever be READY. */
const NAMES = [
  ...Object.keys(ACTIONS),
  ...Array<string>(12).fill("wait"),
  ...Array<string>(6).fill("restoreAgent"),
  ...["createSession", "createSession", "getConnectionData", "getScreenshot", "describeSessions"],
];
/** What may be done. */
export const action = fc.tuple(fc.constantFrom(...NAMES), fc.nat(999));

/**
 * Does everything to a broker; each answer, with its status and headers, to the last byte.
 *
 * @param before Called before each action; the broker that it gives takes the place of the one so far.
 */
export async function answersOf(
  first: MockBroker,
  actions: readonly Action[],
  before: (broker: MockBroker, index: number) => MockBroker = (broker) => broker,
): Promise<string[]> {
  let broker = first;
  const answers = [JSON.stringify(broker.credentials)];
  let token = "none";
  const exchange = async (method: string, path: string, headers: HeadersInit, body?: unknown) => {
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await broker.fetch(broker.url + path, init);
    const text = await response.text();
    answers.push(JSON.stringify([response.status, [...response.headers], text]));
    return { status: response.status, text };
  };
  const send = async (method: string, path: string, body?: unknown): Promise<string> => {
    const { status, text } = await exchange(method, path, { Authorization: `Bearer ${token}` }, body);
    if (status !== 401) return text;
    const { clientId, clientSecret } = broker.credentials;
    const headers = { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
    const answer = await exchange("POST", "/oauth2/token?grant_type=client_credentials", headers);
    token = JSON.parse(answer.text).access_token;
    return await send(method, path, body);
  };
  const stage: Stage = { broker, sessions: [{ id: "none", owner: "nobody" }], send };
  for (const [index, [name, number]] of actions.entries()) {
    stage.broker = broker = before(broker, index);
    await ACTIONS[name]!(stage, number);
  }
  return answers;
}

/** A broker for such a history. */
export function createBroker(seed: number): MockBroker {
  const servers = HOSTS.map((hostname) => ({
    hostname,
    os: hostname.startsWith("desktop") ? "windows" as const : "linux" as const,
  }));
  return new MockBroker({
    seed,
    clock: "manual",
    servers,
    timings: { roomReport: seed % 2 === 0 ? [0, 0] : [1_000, 9_000] },
    properties: { "create-sessions-queue-max-time-seconds": 60 },
  });
}

function chosen<T>(items: readonly T[], number: number): T {
  return items[number % items.length]!;
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    assert(error instanceof TypeError);
    return undefined;
  }
}

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import fc from "fast-check";

/** What the actions work with. */
interface Stage {
  readonly broker: MockBroker;
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
  wait: ({ broker }, number) => broker.advance(number * 37),
};

type Action = [name: string, number: number];

/** Time passes and hosts come back more often than anything goes wrong, or nothing would ever be READY. */
const NAMES = [
  ...Object.keys(ACTIONS),
  ...Array<string>(12).fill("wait"),
  ...Array<string>(6).fill("restoreAgent"),
  ...["createSession", "createSession", "getConnectionData", "getScreenshot", "describeSessions"],
];
const action = fc.tuple(fc.constantFrom(...NAMES), fc.nat(999));

/** Does everything to a broker; each answer, with its status and headers, to the last byte. */
async function answersOf(broker: MockBroker, actions: readonly Action[]): Promise<string[]> {
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
  const stage = { broker, sessions: [{ id: "none", owner: "nobody" }], send };
  for (const [name, number] of actions) await ACTIONS[name]!(stage, number);
  return answers;
}

function createBroker(seed: number): MockBroker {
  const servers = HOSTS.map((hostname) => ({
    hostname,
    os: hostname.startsWith("desktop") ? "windows" as const : "linux" as const,
  }));
  return new MockBroker({ seed, clock: "manual", servers });
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

/** A history in which everything happens, often: the same one each time, so that what it shows does not depend on luck. */
const [LONG_HISTORY] = fc.sample(fc.array(action, { minLength: 1000, maxLength: 1000 }), {
  seed: 1895,
  numRuns: 1,
}) as [Action[]];

Deno.test("brokers with one seed, one clock and the same calls give the same answers to the last byte", async () => {
  const answers = await answersOf(createBroker(7), LONG_HISTORY);
  assertEquals(await answersOf(createBroker(7), LONG_HISTORY), answers);
});

Deno.test("brokers with one seed give the same answers to any history", async () => {
  const histories = fc.array(action, { maxLength: 60, size: "max" });
  await fc.assert(
    fc.asyncProperty(fc.integer(), histories, async (seed, history) => {
      assertEquals(
        await answersOf(createBroker(seed), history),
        await answersOf(createBroker(seed), history),
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("a long history has each kind of answer in it", async () => {
  const text = (await answersOf(createBroker(7), LONG_HISTORY)).join("\n");
  for (
    const kind of ["ConnectionToken", "Images", "access_token", "NextToken", "UNKNOWN", "DELETED", "error"]
  ) {
    assert(text.includes(kind), kind);
  }
});

Deno.test("a broker gives the same answers again after reset()", async () => {
  const broker = createBroker(7);
  const answers = await answersOf(broker, LONG_HISTORY);
  broker.reset();
  assertEquals(await answersOf(broker, LONG_HISTORY), answers);
});

Deno.test("another seed gives other ids, secrets and durations", async () => {
  const [one, other] = await Promise.all([7, 8].map((seed) => answersOf(createBroker(seed), LONG_HISTORY)));
  assertNotEquals(one![0], other![0]);
  const successes = (answers: string[]) => answers.filter((answer) => answer.startsWith("[200"));
  const shared = new Set(successes(one!)).intersection(new Set(successes(other!)));
  assertEquals([...shared], []);
});

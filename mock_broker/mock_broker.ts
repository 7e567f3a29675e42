/**
 * The mock broker as programs use it: in process, or as a server.
 *
 * @module
 */

import { activity, type ActivityStep } from "./control/activity.ts";
import { adviceOf, assertNoAdvice, type NoAdviceOptions } from "./control/advice.ts";
import { Buffer } from "node:buffer";
import { type ClockControl, clockControl } from "./control/clock_control.ts";
import { type FaultControl, faultControl } from "./control/fault_control.ts";
import { type HostControl, hostControl } from "./control/host_control.ts";
import { sendAgain } from "./control/sending_again.ts";
import { type SessionControl, sessionControl } from "./control/session_control.ts";
import { type BrokerState, brokerState } from "./control/broker_state.ts";
import { type FleetMetrics, fleetMetrics } from "./control/fleet_metrics.ts";
import type { BrokerControl, WorldControl, WorldSource } from "./control/broker_control.ts";
import { type Upcoming, upcoming, type UpcomingQuery } from "./control/upcoming.ts";
import { worldControl } from "./control/world_control.ts";
import { createSimulation } from "./description/create_simulation.ts";
import { AuthServers } from "./connectors/client/auth_servers.ts";
import { BrokenAnswer, brokenFetch } from "./server/broken_answer.ts";
import { controlOf } from "./control_api/control_api.ts";
import { ConnectionTokens } from "./connectors/connection_tokens.ts";
import { HostAddresses } from "./connectors/host_addresses.ts";
import { createConnectors } from "./connectors/connectors.ts";
import { type ConnectionProblem, recordProblem } from "./server/connection_problems.ts";
import { createRequestHandler, type RequestHandler } from "./server/request_handler.ts";
import { SEEDED_SIGNING_KEY } from "./connectors/seeded_signing_key.ts";
import { TextAnswer } from "./server/text_answer.ts";
import { routeWorlds, whoMayMakeWorlds } from "./server/world_routing.ts";
import type { Advice } from "./journal/advice/advice.ts";
import type { ConnectorName, JournalEntry } from "./journal/entry.ts";
import { type Journal, WritableJournal } from "./journal/journal.ts";
import type { MockBrokerOptions } from "./description/options.ts";
import type { CheckedWorld } from "./description/saved_world_schema.ts";
import {
  fromJson,
  type LoadOptions,
  resumeSimulation,
  type SavedWorld,
  type SaveOptions,
  saveSimulation,
  toJson,
} from "./description/saved_world.ts";
import { type Reconfiguration, reconfigure } from "./description/reconfigure.ts";
import { check } from "./description/check.ts";
import { type ListenOptions, listenOptionsSchema } from "./description/listen_options.ts";
import type { MockBrokerServer } from "./server/mock_broker_server.ts";
import { type Connectors, startServer } from "./server/start_server.ts";
import type { ApiClientCredentials } from "./simulation/api_clients.ts";
import { restartBroker } from "./simulation/restart.ts";
import type { Simulation } from "./simulation/simulation.ts";

/**
 * A simulated DCV Session Manager broker with a simulated fleet.
 *
 * Without options it has a small fleet of Linux and Windows hosts that takes any owner, and one API client.
 *
 * @example Test a program in process, without a socket
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 *
 * const broker = new MockBroker({ clock: "manual" });
 * const client = new SessionManagerClient({
 *   brokerUrl: broker.url,
 *   credentials: broker.credentials,
 *   fetch: broker.fetch,
 * });
 *
 * await client.createSessions([{ Name: "dev", Owner: "ana", Type: "VIRTUAL" }]);
 * broker.advance(30_000);
 *
 * const { Sessions } = await client.describeSessions();
 * if (Sessions?.[0]?.State !== "READY") throw new Error("Expected a session that is READY");
 * ```
 */
export class MockBroker implements BrokerControl {
  /** The client connector's URL in process. Nothing listens there: it is for {@linkcode MockBroker.fetch}. */
  readonly url: string = "https://broker.mock:8443";
  /** The agent connector's URL in process. */
  readonly agentUrl: string = "https://broker.mock:8445";
  /** The gateway connector's URL in process; it answers with the property `enable-gateway`. */
  readonly gatewayUrl: string = "https://broker.mock:8447";
  /**
   * The desktop connector's URL in process: before a host's name and the query of a connection URL. The addresses that
   * hosts are shown with lead there too, so that {@linkcode MockBroker.fetch} follows connection URLs as they are.
   */
  readonly desktopUrl: string = "https://broker.mock:8448";
  /** Control over the hosts. */
  readonly hosts: HostControl;
  /** Control over the sessions. */
  readonly sessions: SessionControl;
  /** Control over simulated time. */
  readonly clock: ClockControl;
  /** Control over what goes wrong. */
  readonly faults: FaultControl;
  /** What was asked, and what was answered. */
  readonly journal: Journal;
  /** Further worlds beside this one; with the option `worlds`, URLs lead to them. */
  readonly worlds: WorldControl<MockBroker>;
  readonly #addresses = new HostAddresses();
  readonly #simulation: Simulation;
  readonly #journal: WritableJournal;
  readonly #connectionTokens: ConnectionTokens;
  readonly #connectors: Connectors;
  readonly #report: (connector: ConnectorName, problem: ConnectionProblem) => void;
  #options: MockBrokerOptions;

  /**
   * Makes a broker; it uses no socket, no timer and no file.
   *
   * @throws {TypeError} If an option is wrong, naming it.
   */
  constructor(options: MockBrokerOptions = {}) {
    this.#options = options;
    this.#simulation = createSimulation(options);
    this.hosts = hostControl(this.#simulation);
    this.sessions = sessionControl(this.#simulation);
    this.clock = clockControl(this.#simulation);
    this.faults = faultControl(this.#simulation);
    const journal = new WritableJournal(
      options.journalSize ?? 1_000,
      () => this.#simulation.world.apiClients.secrets,
    );
    this.journal = journal;
    this.#journal = journal;
    const simulation = this.#simulation;
    this.#connectionTokens = new ConnectionTokens(
      options.seed === undefined ? undefined : SEEDED_SIGNING_KEY,
    );
    const context = { simulation, journal, control: controlOf(this, options.control) };
    const { client, agent, gateway, desktop } = createConnectors({
      simulation,
      addresses: this.#addresses,
      connectionTokens: this.#connectionTokens,
      authServers: new AuthServers(options.authServers ?? []),
      dnsMappings: options.dnsMappings ?? [],
    });
    this.#report = (connector, problem) => recordProblem(context, connector, problem);
    const connectors: Connectors = {
      client: createRequestHandler(client, context),
      agent: createRequestHandler(agent, context),
      gateway: createRequestHandler(gateway, context),
      desktop: createRequestHandler(desktop, context),
    };
    this.worlds = worldControl((name, source) => {
      const world = this.#makeWorld(source);
      world.#addresses.follow(this.#addresses, `/worlds/${name}`);
      return world;
    });
    const mayMake = whoMayMakeWorlds(client, context);
    const open = (connector: ConnectorName) =>
      routeWorlds(connectors[connector], {
        has: (name) => this.worlds.list().includes(name),
        get: (name) => this.worlds.get(name).#connectors[connector],
        mayMake,
      });
    this.#connectors = options.worlds
      ? { client: open("client"), agent: open("agent"), gateway: open("gateway"), desktop: open("desktop") }
      : connectors;
  }

  /**
   * Answers a request in process, with the contract of the global `fetch`. The URL's port chooses the connector,
   * 8445 for agents, 8447 for gateways, 8448 for desktops, any other for clients. Its host name does not matter, unless
   * it is the address of a host of the fleet: then its desktops answer.
   */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    tellLength(request, init?.body);
    const answer = await this.#answer(request);
    request.signal.throwIfAborted();
    if (answer instanceof TextAnswer) return answer.toResponse(request.method);
    return answer instanceof BrokenAnswer ? brokenFetch(answer) : answer;
  };

  /**
   * The first API client. The others are those that the caller named.
   *
   * Of a world that was loaded without secrets only the id is known, unless it has a seed.
   */
  get credentials(): ApiClientCredentials {
    return this.#simulation.world.apiClients.first;
  }

  /**
   * Takes up a saved world: it goes on as if it had never been saved, to the last byte. Time stands still in between.
   *
   * @throws {TypeError} If it is not a saved world, is one of another version, or does not fit together.
   *
   * @example A world that two tests start from
   * ```ts
   * import { MockBroker } from "@dcvkit/mock-broker";
   *
   * const broker = new MockBroker({ clock: "manual", seed: 7 });
   * broker.sessions.createOnHost("ip-10-0-0-1", { id: "s1", owner: "ana" });
   * const text = JSON.stringify(broker.save());
   *
   * const again = MockBroker.load(JSON.parse(text));
   * console.log(again.sessions.get("s1").state); // READY
   * ```
   */
  static load(saved: SavedWorld, options: LoadOptions = {}): MockBroker {
    const world = fromJson(saved);
    const broker = MockBroker.#resume(world, options);
    if (world.signingKey) broker.#connectionTokens.adopt(world.signingKey);
    return broker;
  }

  static #resume(world: CheckedWorld, options?: LoadOptions): MockBroker {
    // What would be made first is replaced at once.
    const broker = new MockBroker({ ...world.options, servers: [], sessions: [], faults: [] });
    resumeSimulation(broker.#simulation, world, options);
    broker.#options = world.options;
    return broker;
  }

  /**
   * The world as plain JSON, to go on from with {@linkcode MockBroker.load}: sessions and their history, hosts, queue,
   * tokens as digests, faults, clock, chance, and what is due. Not the journal, and not further worlds. It holds no
   * secret unless that is asked for; what a `seed` draws is no secret.
   */
  save({ secrets = false }: SaveOptions = {}): SavedWorld {
    const signingKey = secrets && this.#options.seed === undefined
      ? this.#connectionTokens.privateJwk
      : undefined;
    const world = saveSimulation(this.#simulation, this.#options, { secrets });
    return toJson({ ...world, ...(signingKey && { signingKey }) });
  }

  /**
   * A broker that goes on from here on its own, with the same clients, tokens and chance: what happens to one of the two
   * does not happen to the other. Its journal is empty, and it has no further worlds.
   */
  fork(): MockBroker {
    const fork = MockBroker.#resume(saveSimulation(this.#simulation, this.#options, { secrets: true }));
    fork.#connectionTokens.follow(this.#connectionTokens);
    return fork;
  }

  /**
   * Goes on from a saved world in place of its own. Sockets, the journal and further worlds stay; so do options for
   * what is around the world, such as `authServers`. API clients of which this broker knows the secret keep it.
   *
   * @throws {TypeError} If it is not a saved world, is one of another version, or does not fit together; then nothing
   * has changed.
   */
  restore(saved: SavedWorld, { clients = [], renewSecrets }: LoadOptions = {}): void {
    const world = fromJson(saved);
    const own = saveSimulation(this.#simulation, this.#options, { secrets: true }).state.clients;
    const known = own.flatMap(({ clientId, clientSecret, secretDigest }) => {
      const isSame = (other: typeof own[number]) =>
        other.clientId === clientId && other.secretDigest === secretDigest;
      const isGiven = clients.some((client) => client.clientId === clientId);
      return clientSecret !== undefined && !isGiven && world.state.clients.some(isSame)
        ? [{ clientId, clientSecret }]
        : [];
    });
    // A page that follows the state must see it change.
    const revision = Math.max(world.revision, this.#simulation.revision + 1);
    resumeSimulation(this.#simulation, { ...world, revision }, {
      clients: [...clients, ...known],
      renewSecrets,
    });
    const signingKey = world.options.seed === undefined ? world.signingKey : SEEDED_SIGNING_KEY;
    if (signingKey) this.#connectionTokens.adopt(signingKey);
    const { authServers, dnsMappings, journalSize, control, worlds } = this.#options;
    this.#options = { ...world.options, authServers, dnsMappings, journalSize, control, worlds };
  }

  /** What the broker was made with, or last given to {@linkcode MockBroker.reconfigure}. */
  get options(): MockBrokerOptions {
    return this.#options;
  }

  /** The state as a whole: time, properties, counts, the queue and the faults. */
  state(): BrokerState {
    return brokerState(this.#simulation, this.journal);
  }

  /**
   * What the programs that call this broker do that would hurt on a real one, each with the requests that show it.
   * Found in the journal, so that what has left it is forgotten.
   *
   * @example A program that asks for a token with every call
   * ```ts
   * import { MockBroker } from "@dcvkit/mock-broker";
   * import { SessionManagerClient } from "@dcvkit/session-manager";
   *
   * const broker = new MockBroker();
   * const { url: brokerUrl, credentials, fetch } = broker;
   * for (let call = 0; call < 3; call++) {
   *   await new SessionManagerClient({ brokerUrl, credentials, fetch }).describeServers();
   * }
   * console.log(broker.advice().map(({ id }) => id)); // ["token-per-call"]
   * ```
   */
  advice(): Advice[] {
    return adviceOf(this.#simulation, this.journal);
  }

  /** What happened over the last ten minutes of simulated time, in steps of ten seconds, the oldest first. */
  activity(): ActivityStep[] {
    return activity(this.#simulation.world, this.journal);
  }

  /**
   * What happens next, as far as it is settled: sessions that become READY, hosts whose silence is noticed.
   *
   * @example Let just as much time pass as a creation takes
   * ```ts
   * import { MockBroker } from "@dcvkit/mock-broker";
   *
   * const broker = new MockBroker({ clock: "manual", servers: [{ hostname: "a" }] });
   * broker.hosts.loseAgent("a");
   * const [next] = broker.upcoming().events;
   * console.log(next!.kind, next!.host); // agentTimeout a
   * broker.advance(Date.parse(next!.time) - broker.clock.now.getTime());
   * console.log(broker.hosts.get("a").reason); // UNREACHABLE_AGENT
   * ```
   */
  upcoming(query?: UpcomingQuery): Upcoming {
    return upcoming(this.#simulation.world, query);
  }

  /**
   * Sends a request of the journal again, in process: with another access token of the same API client, and a header
   * `Mock-Sent-Again` that tells it from a program's. Faults strike it as they strike any request.
   *
   * @param id The id of its entry.
   * @returns Its new entry, or `undefined` if there is no answer within two seconds: it comes when time passes, or never.
   * @throws {TypeError} If the journal has no such entry, or not all that the request held: a body that was not read,
   * a secret, a token of another authorization server.
   *
   * @example See whether a request that failed works now
   * ```ts
   * import { MockBroker } from "@dcvkit/mock-broker";
   *
   * const broker = new MockBroker();
   * const fault = broker.faults.add({ operation: "health", fault: { type: "status", status: 503 } });
   * await broker.fetch(`${broker.url}/health`);
   * broker.faults.remove(fault);
   *
   * const again = await broker.sendAgain(broker.journal.lastId);
   * console.log(again?.status); // 200
   * ```
   */
  sendAgain(id: number): Promise<JournalEntry | undefined> {
    return sendAgain(id, {
      journal: this.journal,
      world: this.#simulation.world,
      urls: { client: this.url, agent: this.agentUrl, gateway: this.gatewayUrl },
      fetch: this.fetch,
    });
  }

  /** What a real broker would tell Amazon CloudWatch of its fleet, under the names that it has there. */
  fleetMetrics(): FleetMetrics {
    return fleetMetrics(this.#simulation.world, this.journal.tallies());
  }

  /**
   * For tests: throws if there is advice.
   *
   * @throws {Error} It names each advice, what was found, and what to do.
   */
  assertNoAdvice(options?: NoAdviceOptions): void {
    assertNoAdvice(this.advice(), options);
  }

  /** Lets simulated time pass at once, in milliseconds: whatever is due happens, in order. */
  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
  }

  /**
   * Goes back to the beginning: the same fleet, sessions, credentials, faults and chance, and an empty journal. Access
   * tokens are void, and requests that are being delayed get no answer.
   */
  reset(): void {
    this.#simulation.reset();
    this.#journal.reset();
  }

  /**
   * Takes over changed options while the world goes on, as a fleet file's that was edited. Hosts join, end or change,
   * sessions are added, properties, timings and faults replaced; the rest waits for {@linkcode MockBroker.reset}.
   * Further worlds that exist already stay as they are.
   *
   * @throws {TypeError} If the options are wrong; then nothing has changed.
   */
  reconfigure(options: MockBrokerOptions): Reconfiguration {
    const result = reconfigure(this.#simulation, this.#options, options);
    this.#options = options;
    return result;
  }

  /**
   * Restarts the broker: tokens, keys and records are lost, and sessions are listed again as agents report. With the
   * property `enable-persistence` nothing is lost.
   */
  restart(): void {
    restartBroker(this.#simulation.world);
    this.#simulation.touch();
  }

  /** Makes every access token invalid, as a new key pair of the authorization server does. */
  revokeTokens(): void {
    this.#simulation.world.apiClients.revokeTokens();
    this.#simulation.touch();
  }

  /** Serves the broker on sockets; several servers may show the same world. */
  async listen(options: ListenOptions = {}): Promise<MockBrokerServer> {
    check("listen()", listenOptionsSchema(), options);
    const server = await startServer(this.#connectors, this.#simulation, options, this.#report);
    if (server.desktopUrl !== undefined) void server.closed.then(this.#addresses.serve(server.desktopUrl));
    return server;
  }

  #makeWorld({ fleet, saved, copyOf }: WorldSource): MockBroker {
    if (saved) return MockBroker.load(saved);
    if (copyOf === "") return this.fork();
    if (copyOf !== undefined && this.worlds.list().includes(copyOf)) return this.worlds.get(copyOf).fork();
    if (copyOf !== undefined) throw new TypeError(`No world has this name: ${copyOf}`);
    const clients = this.#simulation.world.apiClients.all;
    const { authServers, dnsMappings, journalSize } = this.#options;
    const options = fleet ? { authServers, dnsMappings, journalSize, ...fleet } : this.#options;
    return new MockBroker({ ...options, clients, worlds: false });
  }

  /** Hands a request to the connector that its URL means. */
  #answer(request: Request): Promise<Response | TextAnswer | BrokenAnswer> {
    const { hostname, port, pathname, search } = new URL(request.url);
    const host = this.#addresses.hostAt(this.#simulation.world.fleet, hostname, port);
    if (host) {
      const url = `${this.desktopUrl}/${encodeURIComponent(host.about.hostname)}${pathname}${search}`;
      return this.#connectors.desktop(new Request(url, request), {});
    }
    return this.#connectorFor(port)(request, {});
  }

  #connectorFor(port: string): RequestHandler {
    if (port === "8445") return this.#connectors.agent;
    if (port === "8447") return this.#connectors.gateway;
    if (port === "8448" || port === String(this.#addresses.desktop?.port)) return this.#connectors.desktop;
    return this.#connectors.client;
  }
}

/** As over a socket: a body whose length is known says so, and is read at once. */
function tellLength({ headers }: Request, body: BodyInit | null | undefined): void {
  if (typeof body !== "string" || headers.has("Content-Length")) return;
  headers.set("Content-Length", String(Buffer.byteLength(body)));
}

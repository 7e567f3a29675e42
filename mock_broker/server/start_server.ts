/**
 * A mock broker on sockets.
 *
 * @module
 */

import type { ConnectorName } from "../journal/entry.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { ConnectionProblem } from "./connection_problems.ts";
import { allowOrigin } from "./cors.ts";
import { type Endpoint, listen, type Listener } from "./listen.ts";
import type { ListenOptions } from "../description/listen_options.ts";
import type { MockBrokerServer } from "./mock_broker_server.ts";
import { isWildcard } from "./loopback.ts";
import { watchOutages } from "./outages.ts";
import type { RequestHandler } from "./request_handler.ts";
import type { ServerFacts } from "./server_bindings.ts";
import { type ShownCertificate, shownCertificate } from "./server_certificate.ts";

/** The connectors by name. */
export type Connectors = Readonly<Record<ConnectorName, RequestHandler>>;

/** A connector and where it listens; once it does, on a port that stays the same. */
interface Place extends Omit<Endpoint, "certificate"> {
  readonly handler: RequestHandler;
  readonly show: () => Promise<ShownCertificate>;
}

/** Listens with each connector that the options ask for. */
export async function startServer(
  connectors: Connectors,
  simulation: Simulation,
  options: ListenOptions,
  report: (connector: ConnectorName, problem: ConnectionProblem) => void,
): Promise<MockBrokerServer> {
  const { hostname = "127.0.0.1", agentPort, gatewayPort, desktopPort, cors = false } = options;
  const port = options.port ?? simulation.world.properties["client-to-broker-connector-https-port"];
  const shown = await shownCertificate(options);
  // Without HTTPS for the broker there is none yet; making one does not keep its clients waiting.
  let ofDesktop: Promise<ShownCertificate> | undefined;
  const shownByDesktop = () =>
    ofDesktop ??= shown.certificate ? Promise.resolve(shown) : shownCertificate({ ...options, tls: true });
  const facts: ServerFacts = { ca: shown.ca, hasDesktops: desktopPort !== undefined };
  const shutDown = () => void server.close({ grace: SHUTDOWN_GRACE_MS });
  const place = (
    connector: ConnectorName,
    port: number,
    handler = connectors[connector],
    show = () => Promise.resolve(shown),
  ): Place => (
    {
      handler,
      hostname,
      port,
      show,
      server: facts,
      shutDown,
      report: (problem) => report(connector, problem),
    }
  );
  const client = cors ? allowOrigin(cors === true ? "*" : cors, connectors.client) : connectors.client;
  const listeners = new Listeners([
    place("client", port, client),
    ...(agentPort === undefined ? [] : [place("agent", agentPort)]),
    ...(gatewayPort === undefined ? [] : [place("gateway", gatewayPort)]),
    ...(desktopPort === undefined ? [] : [place("desktop", desktopPort, connectors.desktop, shownByDesktop)]),
  ]);
  let isClosed = false;
  let isStopped = false;
  let isRefusing = false;
  const listenIfMeant = async () => {
    if (isStopped || isRefusing) await listeners.close(0);
    else await listeners.open();
  };
  let tellClosed = () => {};
  const closed = new Promise<void>((resolve) => tellClosed = resolve);
  const ports = await listeners.open();
  const desktop = desktopPort === undefined ? undefined : url("https", hostname, ports.pop()!);
  const urls = ports.map((port) => url(shown.certificate ? "https" : "http", hostname, port));
  const server: MockBrokerServer = {
    url: urls.shift()!,
    agentUrl: agentPort === undefined ? undefined : urls.shift(),
    gatewayUrl: gatewayPort === undefined ? undefined : urls.shift(),
    desktopUrl: desktop,
    ca: shown.ca ?? (await ofDesktop)?.ca,
    closed,
    async stop({ grace = 0 } = {}) {
      isStopped = true;
      await listeners.close(grace);
    },
    async start() {
      if (isClosed) throw new Error("Cannot start a server that was closed: call listen() again");
      isStopped = false;
      await listenIfMeant();
    },
    async close({ grace = 0 } = {}) {
      isClosed = true;
      stopWatching();
      await listeners.close(grace);
      tellClosed();
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
  facts.ca = server.ca;
  const stopWatching = watchOutages(simulation, (isOn) => {
    isRefusing = isOn;
    // Whoever has taken a port meanwhile keeps it: the next start() says so.
    listenIfMeant().catch(() => isStopped = true);
  });
  return server;
}

/** How long the answer to the request that closes a server may take, in milliseconds. */
const SHUTDOWN_GRACE_MS = 2_500;

/** The listeners of a server: all of them, or none. */
class Listeners {
  #places: readonly Place[];
  #open: Listener[] = [];
  /** Opening and closing take turns. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(places: readonly Place[]) {
    this.#places = places;
  }

  /** Listens everywhere, if it does not yet; the ports. */
  open(): Promise<number[]> {
    return this.#inTurn(async () => {
      if (this.#open.length > 0) return this.#open.map(({ port }) => port);
      const open: Listener[] = [];
      try {
        for (const { handler, show, ...place } of this.#places) {
          const { certificate } = await show();
          open.push(await listen(handler, { ...place, certificate }));
        }
      } catch (error) {
        await Promise.all(open.map((listener) => listener.close(0)));
        throw error;
      }
      this.#open = open;
      this.#places = this.#places.map((place, index) => ({ ...place, port: open[index]!.port }));
      return open.map(({ port }) => port);
    });
  }

  /** Ends all connections; who closes again while that goes on may be less patient. */
  close(grace: number): Promise<void> {
    const closeAll = () => Promise.all(this.#open.map((listener) => listener.close(grace)));
    void closeAll();
    return this.#inTurn(async () => {
      await closeAll();
      this.#open = [];
    });
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

function url(scheme: string, hostname: string, port: number): string {
  const host = isWildcard(hostname) ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${scheme}://${host}:${port}`;
}

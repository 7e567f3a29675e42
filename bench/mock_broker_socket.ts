/**
 * How many `describeSessions` a second the mock broker answers over a socket, with 20 sessions a page, on each runtime:
 * against a bare Hono app that answers the same bytes on the same kind of server, against one on the runtime's fastest
 * server, and against Prism and WireMock. Arguments name the runtimes; with `--quick` there are no Prism and WireMock.
 *
 * @module
 */

import { loadGenerator } from "./load.ts";
import { startPrism, startWireMock } from "./peers.ts";
import { bundled, inFolder } from "./programs.ts";
import { type Figure, median, ratioOfRounds, report } from "./report.ts";
import { askedRuntimes, type Runtime } from "./runtimes.ts";
import { answerOf, startTarget, type Target } from "./targets.ts";

const SECONDS = 2;
const PATH = "describeSessions, 20 sessions";

const isQuick = Deno.args.includes("--quick");
const ROUNDS = isQuick ? 5 : 7;
const figures = await inFolder(async (folder) => {
  await using servers = new AsyncDisposableStack();
  const program = await bundled("servers", folder);
  const measured = await askedRuntimes();
  const started: Started[] = [];
  let answer: string | undefined;
  for (const runtime of measured) {
    const mock = servers.use(await startTarget([...runtime.command, program, "mock"]));
    answer ??= await answerOf(mock);
    const bare = servers.use(await startTarget([...runtime.command, program, "bare"], answer));
    const fastest = /^Node/.test(runtime.name)
      ? undefined
      : servers.use(await startTarget([...runtime.command, program, "bare-fastest"], answer));
    started.push({ runtime, mock, bare, fastest });
  }
  const peers = new Map<string, Target>();
  if (!isQuick) {
    const openApi = await fetch(new URL("/dcv-session-manager-api.yaml", started[0]!.mock.url));
    peers.set("Prism", servers.use(await startPrism(await openApi.text(), folder)));
    const wireMock = await startWireMock(answer!, folder);
    if (wireMock) peers.set("WireMock", servers.use(wireMock));
  }
  return figuresOf(started, peers, await ratesOf(started, peers));
});
if (!report(figures)) Deno.exitCode = 1;

/** The servers of a runtime. */
interface Started {
  readonly runtime: Runtime;
  readonly mock: Target;
  readonly bare: Target;
  readonly fastest: Target | undefined;
}

/** The rates of each server, round by round: what else the machine does in a round meets all of them. */
async function ratesOf(
  started: readonly Started[],
  peers: ReadonlyMap<string, Target>,
): Promise<Map<Target, number[]>> {
  const generator = await loadGenerator();
  console.log(`The load comes from ${generator.name}`);
  const targets = [
    ...started.flatMap(({ mock, bare, fastest }) => [mock, bare, ...(fastest ? [fastest] : [])]),
    ...peers.values(),
  ];
  const rates = new Map<Target, number[]>(targets.map((target) => [target, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const target of targets) {
      const rate = await generator.load({ ...target, body: "{}" }, SECONDS);
      // The first round warms up.
      if (round >= 0) rates.get(target)!.push(rate);
    }
  }
  return rates;
}

function figuresOf(
  started: readonly Started[],
  peers: ReadonlyMap<string, Target>,
  rates: ReadonlyMap<Target, number[]>,
): Figure[] {
  return started.flatMap(({ runtime: { name: column }, mock, bare, fastest }) => {
    const ratio = (what: string, to: Target, atLeast?: number) =>
      ratioOfRounds(`${PATH}: to ${what}`, rates.get(mock)!, rates.get(to)!, {
        column,
        ...(atLeast !== undefined && { atLeast }),
      });
    return [
      ratio("a bare Hono app on its kind of server", bare, 0.6),
      ...(fastest ? [ratio("a bare Hono app on the runtime's own server", fastest)] : []),
      ...[...peers].map(([name, peer]) => ratio(name, peer, name === "Prism" ? 3 : 2)),
      { what: `${PATH}: the mock`, column, value: median(rates.get(mock)!), unit: "a second" },
      { what: `${PATH}: the bare Hono app`, column, value: median(rates.get(bare)!), unit: "a second" },
    ];
  });
}

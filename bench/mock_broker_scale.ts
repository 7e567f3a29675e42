/**
 * What a page of sessions costs with 100,000 of them on 1,000 hosts, against 100 on 10, and what it costs to create one
 * more: in process, through the whole client connector.
 *
 * @module
 */

import { type HostOptions, MockBroker } from "@dcvkit/mock-broker";
import type { CreateSessionRequestData, DescribeSessionsRequestData } from "@dcvkit/session-manager";
import { type Figure, report, timesOfCalls } from "./report.ts";

const PAGE = 20;
const MEASURED = { rounds: 15, perRound: 100 };

/** A fleet and how to call its broker. */
class Fleet {
  readonly #broker: MockBroker;
  readonly sessions: number;

  constructor(hosts: number, sessions: number) {
    this.sessions = sessions;
    this.#broker = new MockBroker({
      seed: 1,
      clock: "manual",
      properties: { "enable-authorization": false },
      servers: Array.from({ length: hosts }, (_, i) => host(i)),
      sessions: Array.from({ length: sessions }, (_, i) => ({
        id: `session-${i}`,
        owner: `owner-${Math.floor(i / (2 * PAGE))}`,
        server: `host-${i % hosts}`,
      })),
    });
  }

  async call<Body>(path: string, body: unknown): Promise<Body> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await this.#broker.fetch(this.#broker.url + path, init);
    if (!response.ok) throw new Error(`POST ${path} failed: ${await response.text()}`);
    return await response.json();
  }

  /** A request for one page after so many sessions. */
  async pageAfter(count: number): Promise<DescribeSessionsRequestData> {
    let token: string | undefined;
    for (let left = count; left > 0; left -= 1000) {
      const request = { MaxResults: Math.min(left, 1000), ...(token && { NextToken: token }) };
      token = (await this.call<{ NextToken: string }>("/describeSessions", request)).NextToken;
    }
    return { MaxResults: PAGE, ...(token && { NextToken: token }) };
  }

  /** Creates a session of an owner who has none yet. */
  async create(request: Partial<CreateSessionRequestData>, owner: string): Promise<void> {
    const item = { Name: "desktop", Owner: owner, Type: "VIRTUAL", ...request };
    const { UnsuccessfulList } = await this.call<{ UnsuccessfulList: unknown[] }>("/createSessions", [item]);
    if (UnsuccessfulList.length > 0) throw new Error(`Not created: ${JSON.stringify(UnsuccessfulList)}`);
  }
}

/** Every other host is red, and one is the only one of its kind. */
function host(index: number): HostOptions {
  return {
    hostname: `host-${index}`,
    maxVirtualSessions: -1,
    maxConcurrentSessionsPerUser: 1000,
    cpus: 4,
    tags: {
      color: index % 2 === 0 ? "red" : "blue",
      size: "1",
      ...(index % 20 === 7 && { few: "yes" }),
      ...(index === 7 && { only: "one", size: "9" }),
    },
    ec2: { instanceId: `i-${index}` },
  };
}

const pages: [
  what: string,
  request: (fleet: Fleet) => DescribeSessionsRequestData | Promise<DescribeSessionsRequestData>,
][] = [
  ["first page", (fleet) => fleet.pageAfter(0)],
  ["page in the middle", (fleet) => fleet.pageAfter(fleet.sessions / 2)],
  ["last page", (fleet) => fleet.pageAfter(fleet.sessions - PAGE)],
  ["page of an owner", () => ({ MaxResults: PAGE, Filters: [{ Key: "owner", Value: "owner-1" }] })],
  [
    "page of a tag that half of the hosts have",
    () => ({ MaxResults: PAGE, Filters: [{ Key: "tag:color", Value: "red" }] }),
  ],
  [
    "page of a tag that every 20th host has",
    () => ({ MaxResults: 10, Filters: [{ Key: "tag:few", Value: "yes" }] }),
  ],
  [
    "page of a tag that one host has",
    () => ({ MaxResults: 10, Filters: [{ Key: "tag:only", Value: "one" }] }),
  ],
  ["20 sessions by id", () => ({ SessionIds: Array.from({ length: PAGE }, (_, i) => `session-${i * 5}`) })],
];

const creations: [what: string, request: Partial<CreateSessionRequestData>, atMost?: number][] = [
  ["creating without requirements", {}, 2],
  ["creating on one of half of the hosts", {
    Requirements: "tag:color = 'red' and server:Host.CpuInfo.NumberOfCpus >= 2",
  }],
  ["creating on the host of an instance id", { Requirements: "server:Host.Aws.Ec2InstanceId = 'i-7'" }],
  ["creating on the one host of a size", { Requirements: "tag:size > 5" }],
];

async function measurePages(small: Fleet, large: Fleet): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, requestTo] of pages) {
    const requests = await Promise.all(
      [small, large].map(async (fleet) => [fleet, await requestTo(fleet)] as const),
    );
    const calls = requests.map(([fleet, request]) => () => fleet.call("/describeSessions", request));
    figures.push(...ratio(what, await timesOfCalls(calls, MEASURED), 2));
  }
  return figures;
}

async function measureCreations(small: Fleet, large: Fleet): Promise<Figure[]> {
  const figures: Figure[] = [];
  let created = 0;
  for (const [what, request, atMost] of creations) {
    const calls = [small, large].map((fleet) => () => fleet.create(request, `creator-${created++}`));
    figures.push(...ratio(what, await timesOfCalls(calls, MEASURED), atMost));
  }
  return figures;
}

function ratio(what: string, [small, large]: number[], atMost?: number): Figure[] {
  return [
    { what, value: large! / small!, unit: "times", ...(atMost !== undefined && { atMost }) },
    { what: "  on the small fleet", value: small! * 1000, unit: "µs" },
    { what: "  on the large fleet", value: large! * 1000, unit: "µs" },
  ];
}

const pagesFigures = await measurePages(new Fleet(10, 100), new Fleet(1_000, 100_000));
const creationFigures = await measureCreations(new Fleet(10, 0), new Fleet(1_000, 0));
const kept = report([...pagesFigures, ...creationFigures]);
Deno.exit(kept ? 0 : 1);

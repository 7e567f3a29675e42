/**
 * Brokers with fleets of any size, and what is asked of them: in process, through the whole client connector.
 *
 * @module
 */

import { type HostOptions, MockBroker } from "@dcvkit/mock-broker";
import type { CreateSessionRequestData, DescribeSessionsRequestData } from "@dcvkit/session-manager";

const PAGE = 20;

/** A fleet and how to call its broker. */
export class Fleet {
  readonly broker: MockBroker;
  readonly sessions: number;

  /** The youngest tenth of the sessions is on the hosts with the tag `young`. */
  constructor(hosts: number, sessions: number) {
    this.sessions = sessions;
    const old = Math.floor(hosts / 2);
    const place = (i: number) => i < 0.9 * sessions ? i % old : old + i % (hosts - old);
    this.broker = new MockBroker({
      seed: 1,
      clock: "manual",
      properties: { "enable-authorization": false, "max-api-requests-per-second": 1_000_000 },
      servers: Array.from({ length: hosts }, (_, i) => host(i, i >= old)),
      sessions: Array.from({ length: sessions }, (_, i) => ({
        id: `session-${i}`,
        owner: `owner-${Math.floor(i / (2 * PAGE))}`,
        server: `host-${place(i)}`,
      })),
    });
  }

  async call<Body>(path: string, body: unknown): Promise<Body> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await this.broker.fetch(this.broker.url + path, init);
    if (!response.ok) throw new Error(`POST ${path} failed: ${await response.text()}`);
    return await response.json() as Body;
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

  /** Creates sessions, forty for each owner, and waits until they are READY. */
  async createMany(count: number): Promise<void> {
    const item = { Name: "desktop", Type: "VIRTUAL" };
    for (let made = 0; made < count; made += 1000) {
      const items = Array.from({ length: 1000 }, (_, i) => ({ ...item, Owner: `owner-${made + i % 25}` }));
      await this.call("/createSessions", items);
    }
    this.broker.advance(60_000);
    this.broker.journal.clear();
  }

  /** Creates a session of an owner who has none yet. */
  async create(request: Partial<CreateSessionRequestData>, owner: string): Promise<void> {
    const item = { Name: "desktop", Owner: owner, Type: "VIRTUAL", ...request };
    const { UnsuccessfulList } = await this.call<{ UnsuccessfulList: unknown[] }>("/createSessions", [item]);
    if (UnsuccessfulList.length > 0) throw new Error(`Not created: ${JSON.stringify(UnsuccessfulList)}`);
  }
}

/** Every other host is red, and one is the only one of its kind. */
function host(index: number, isYoung: boolean): HostOptions {
  return {
    hostname: `host-${index}`,
    maxVirtualSessions: -1,
    maxConcurrentSessionsPerUser: 1000,
    cpus: 4,
    tags: {
      color: index % 2 === 0 ? "red" : "blue",
      size: "1",
      ...(isYoung && { young: "yes" }),
      ...(index % 20 === 7 && { few: "yes" }),
      ...(index === 7 && { only: "one", size: "9" }),
    },
    ec2: { instanceId: `i-${index}` },
  };
}

/** A page of sessions to ask for. */
export interface AskedPage {
  readonly what: string;
  request(fleet: Fleet): DescribeSessionsRequestData | Promise<DescribeSessionsRequestData>;
}

function withTag(Key: string, Value: string, MaxResults: number): () => DescribeSessionsRequestData {
  return () => ({ MaxResults, Filters: [{ Key: `tag:${Key}`, Value }] });
}

export const PAGES: readonly AskedPage[] = [
  { what: "first page", request: (fleet) => fleet.pageAfter(0) },
  { what: "page in the middle", request: (fleet) => fleet.pageAfter(fleet.sessions / 2) },
  { what: "last page", request: (fleet) => fleet.pageAfter(fleet.sessions - PAGE) },
  {
    what: "page of an owner",
    request: () => ({ MaxResults: PAGE, Filters: [{ Key: "owner", Value: "owner-1" }] }),
  },
  { what: "page of a tag that half of the hosts have", request: withTag("color", "red", PAGE) },
  { what: "page of a tag whose sessions are all young", request: withTag("young", "yes", 10) },
  { what: "page of a tag that every 20th host has", request: withTag("few", "yes", 5) },
  { what: "page of a tag that one host has", request: withTag("only", "one", 5) },
  {
    what: "20 sessions by id",
    request: () => ({ SessionIds: Array.from({ length: PAGE }, (_, i) => `session-${i * 5}`) }),
  },
];

/** A session to create. */
export interface AskedSession {
  readonly what: string;
  readonly request: Partial<CreateSessionRequestData>;
  /** How much more it may cost on 1,000 hosts than on 10. */
  readonly atMost: number;
}

export const CREATIONS: readonly AskedSession[] = [
  { what: "creating, no requirements", request: {}, atMost: 2 },
  {
    what: "creating on the host of an instance id",
    request: { Requirements: "server:Host.Aws.Ec2InstanceId = 'i-7'" },
    atMost: 2,
  },
  {
    what: "creating on one of half of the hosts",
    request: { Requirements: "tag:color = 'red' and server:Host.CpuInfo.NumberOfCpus >= 2" },
    atMost: 3,
  },
  { what: "creating on the one host of a size", request: { Requirements: "tag:size > 5" }, atMost: 3 },
];

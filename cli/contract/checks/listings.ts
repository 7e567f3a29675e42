import assert from "node:assert/strict";
import type { DescribeServersResponse, DescribeSessionsResponse } from "@dcvkit/session-manager";
import { type BrokerUnderTest, NotTestable } from "../broker_under_test.ts";
import { type Section, UNKNOWN_ID } from "../check.ts";

/** The id of the session that is there, as the only one that a query can find, or nothing. */
async function idsOf(
  broker: BrokerUnderTest,
  filters: Record<string, string>[],
  id?: string,
): Promise<string[]> {
  const SessionIds = [id ?? (await broker.readySession()).Id];
  const { body, text } = await broker.call<DescribeSessionsResponse>("describeSessions", {
    SessionIds,
    Filters: filters,
  });
  assert.ok(body.Sessions, text);
  return body.Sessions.map(({ Id }) => Id);
}

export const describeSessions: Section = {
  section: "DescribeSessions",
  checks: {
    "Unknown ids are left out": async (broker) => {
      assert.deepEqual(await idsOf(broker, [], UNKNOWN_ID), []);
    },
    "The filter `owner`, with case": async (broker) => {
      const { Id } = await broker.readySession();
      const otherCase = broker.owner === broker.owner.toUpperCase()
        ? broker.owner.toLowerCase()
        : broker.owner.toUpperCase();
      if (otherCase === broker.owner) throw new NotTestable("The owner's name has no case");
      assert.deepEqual(await idsOf(broker, [{ Key: "owner", Value: broker.owner }]), [Id]);
      assert.deepEqual(await idsOf(broker, [{ Key: "owner", Value: otherCase }]), []);
    },
    "The filter `tag:<key>` is about tags of the session's server": async (broker) => {
      const { Id, Server } = await broker.readySession();
      const tag = Server?.Tags?.find(({ Key }) => !Key.startsWith("dcv:")) ?? Server?.Tags?.[0];
      if (tag === undefined) throw new NotTestable("The session's server shows no tags");
      assert.deepEqual(await idsOf(broker, [{ Key: `tag:${tag.Key}`, Value: tag.Value }]), [Id]);
      assert.deepEqual(await idsOf(broker, [{ Key: `tag:${tag.Key}`, Value: `${tag.Value}, no` }]), []);
    },
    "All filters must hold, two of a kind too": async (broker) => {
      const both = [broker.owner, "somebody else"].map((Value) => ({ Key: "owner", Value }));
      assert.deepEqual(await idsOf(broker, both), []);
    },
    "Unknown filter keys are 400": async (broker) => {
      const Filters = [{ Key: "color", Value: "red" }];
      assert.equal((await broker.call("describeSessions", { Filters })).status, 400);
    },
    "A session shows its server without `Host`, but with `Id` and `Availability`": async (broker) => {
      const { Server = {} } = await broker.readySession();
      const shown = ["Host", "Id", "Availability"].map((field) => field in Server);
      assert.deepEqual(shown, [false, true, true]);
    },
    "Times are ISO 8601 in UTC, with milliseconds": async (broker) => {
      const { CreationTime } = await broker.readySession();
      assert.match(String(CreationTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    },
    "`NumOfConnections` counts connections, 0 before the first; `LastDisconnectionTime` is absent until one ended":
      async (broker) => {
        const session = await broker.readySession();
        assert.deepEqual([session.NumOfConnections, "LastDisconnectionTime" in session], [0, false]);
      },
  },
};

export const paging: Section = {
  section: "Paging",
  checks: {
    "`MaxResults` is 1 to 1000, anything else 400": async (broker) => {
      const statuses: number[] = [];
      for (const MaxResults of [0, 1, 1000, 1001]) {
        statuses.push((await broker.call("describeSessions", { MaxResults })).status);
      }
      assert.deepEqual(statuses, [400, 200, 200, 400]);
    },
    "No `NextToken` on the last page": async (broker) => {
      const { Id } = await broker.readySession();
      const { body } = await broker.call("describeSessions", { SessionIds: [Id] });
      assert.ok(!("NextToken" in body), JSON.stringify(body));
    },
    "A token that the broker did not give is 400, an empty one is none": async (broker) => {
      const foreign = await broker.call("describeSessions", { NextToken: "nobody-gave-this" });
      const empty = await broker.call("describeSessions", { NextToken: "" });
      assert.deepEqual([foreign.status, empty.status], [400, 200]);
    },
  },
};

async function servers(broker: BrokerUnderTest) {
  const { body, text } = await broker.call<DescribeServersResponse>("describeServers", {});
  if (body.Servers?.length === 0) throw new NotTestable("The broker has no servers");
  assert.ok(body.Servers, text);
  return body.Servers;
}

export const describeServers: Section = {
  section: "DescribeServers",
  checks: {
    "Unknown ids are left out": async (broker) => {
      const { body } = await broker.call<DescribeServersResponse>("describeServers", {
        ServerIds: [UNKNOWN_ID],
      });
      assert.deepEqual(body.Servers, []);
    },
    "The broker adds the tags `dcv:os-family` and `dcv:max-virtual-sessions` (0 on Windows)": async (
      broker,
    ) => {
      for (const { Tags = [], Host } of await servers(broker)) {
        const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
        assert.equal(tags["dcv:os-family"], Host?.Os?.Family);
        assert.match(
          String(tags["dcv:max-virtual-sessions"]),
          Host?.Os?.Family === "windows" ? /^0$/ : /^-?\d+$/,
        );
      }
    },
    "It adds `dcv:max-concurrent-sessions-per-user`": async (broker) => {
      for (const { Tags = [] } of await servers(broker)) {
        assert.ok(
          Tags.some(({ Key }) => Key === "dcv:max-concurrent-sessions-per-user"),
          JSON.stringify(Tags),
        );
      }
    },
    "A server's id is the base64 of host name, address and 32 hexadecimal digits": async (broker) => {
      for (const { Id } of await servers(broker)) assert.match(atob(Id!), /^.+-.+-[0-9a-f]{32}$/);
    },
    "`Host.Aws` is absent off EC2, `Gpus` is `[]` without one": async (broker) => {
      const found = await servers(broker);
      for (const { Host } of found) assert.ok(Array.isArray(Host?.Gpus), JSON.stringify(Host));
      if (found.every(({ Host }) => Host?.Aws)) throw new NotTestable("All servers are on EC2");
    },
  },
};

import assert from "node:assert/strict";
import type { CreateSessionRequestData, DescribeSessionsResponse } from "@dcvkit/session-manager";
import type { BrokerUnderTest } from "../broker_under_test.ts";
import { type Section, UUID } from "../check.ts";

/** The only failure of a creation that must fail. */
async function failureOf(broker: BrokerUnderTest, item: Partial<CreateSessionRequestData>) {
  const { status, body, text } = await broker.createSessions(item);
  assert.deepEqual([status, body.SuccessfulList], [200, []], text);
  return body.UnsuccessfulList![0]!;
}

/** What is refused in an expression, and why. */
const REJECTED = [
  "tag:color",
  "tag:color = red",
  "server:Nothing = 'x'",
  "(tag:color = 'red'",
  "tag:a-b = 'x'",
];

export const createSessions: Section = {
  section: "CreateSessions",
  checks: {
    "An accepted session is a plain `Session` with five fields and `Substate`, its id a version 4 UUID":
      async (
        broker,
      ) => {
        const session = await broker.newSession({});
        assert.deepEqual(Object.keys(session).sort(), ["Id", "Name", "Owner", "State", "Substate", "Type"]);
        assert.deepEqual([session.State, session.Substate], ["CREATING", "SESSION_PLACING"]);
        assert.match(session.Id, UUID);
      },
    "READY comes seconds later, by way of `SESSION_PLACING` and `PENDING_PREPARATION`": async (broker) => {
      assert.equal((await broker.newReadySession()).State, "READY");
    },
    "A failure echoes the request and has no code": async (broker) => {
      const failure = await failureOf(broker, { Requirements: "tag:color = red" });
      assert.deepEqual(Object.keys(failure).sort(), ["CreateSessionRequestData", "FailureReason"]);
      assert.equal(failure.CreateSessionRequestData?.Name, "dcvkit contract");
    },
    "A name has 256 characters at most; a longer one fails its item": async (broker) => {
      await failureOf(broker, { Name: "x".repeat(257) });
    },
    "`Type` is taken in any case and answered in upper case; another one is 400": async (broker) => {
      assert.equal((await broker.createSessions({ Type: "REMOTE" })).status, 400);
      assert.equal((await broker.newSession({ Type: "virtual" })).Type, "VIRTUAL");
    },
    "`MaxConcurrentClients` of 0 is no limit; a negative one fails its item": async (broker) => {
      await failureOf(broker, { MaxConcurrentClients: -1 });
    },
    "`MaxConcurrents`, as the guide calls it, is unknown": async (broker) => {
      const item = { MaxConcurrents: 1 } as Partial<CreateSessionRequestData>;
      assert.equal((await broker.createSessions(item)).status, 400);
    },
    "`PermissionsFile` is base64; what is not fails its item": async (broker) => {
      await failureOf(broker, { PermissionsFile: "not base64!" });
    },
    "A broken requirement fails its item, with the parser's message": async (broker) => {
      const { FailureReason } = await failureOf(broker, { Requirements: "tag:color = red" });
      assert.ok(FailureReason, "No reason is given");
    },
    "An item that is refused leaves no record": async (broker) => {
      const Name = `dcvkit contract ${crypto.randomUUID()}`;
      await failureOf(broker, { Name, Requirements: "tag:color = red" });
      const { body } = await broker.call<DescribeSessionsResponse>("describeSessions", {
        Filters: [{ Key: "owner", Value: broker.owner }],
      });
      assert.ok(!body.Sessions?.some((session) => session.Name === Name), "The session is listed");
    },
  },
};

export const placement: Section = {
  section: "Placement",
  checks: {
    "Nothing found is `No DCV server found for the given criteria`, at once": async (broker) => {
      const { FailureReason } = await failureOf(broker, {
        Requirements: "server:Hostname = 'no host at all'",
      });
      assert.match(String(FailureReason), /No DCV server found for the given criteria/);
    },
  },
};

export const requirements: Section = {
  section: "Requirements",
  checks: {
    "What AWS's tests and the grammar reject is rejected": async (broker) => {
      for (const Requirements of REJECTED) {
        const { FailureReason } = await failureOf(broker, { Requirements });
        assert.doesNotMatch(String(FailureReason), /No DCV server found/, Requirements);
      }
    },
    "A missing tag or property makes a comparison false, and `!=` true": async (broker) => {
      const tag = "tag:dcvkit_has_no_such_tag";
      const { FailureReason } = await failureOf(broker, { Requirements: `${tag} = 'x'` });
      assert.match(String(FailureReason), /No DCV server found/);
    },
  },
};

import assert from "node:assert/strict";
import type { BrokerUnderTest } from "../broker_under_test.ts";
import { type Section, UNKNOWN_ID } from "../check.ts";

function describeWith(broker: BrokerUnderTest, headers: Record<string, string>) {
  return broker.send("POST", "/describeSessions", {
    headers: { "Content-Type": "application/json", ...headers },
    body: "{}",
  });
}

export const authorization: Section = {
  section: "Authorization",
  checks: {
    'Without an `Authorization` header the body is `{"error":"No authorization header"}`': async (broker) => {
      assert.deepEqual((await describeWith(broker, {})).body, { error: "No authorization header" });
    },
    "Its status is 401": async (broker) => {
      assert.equal((await describeWith(broker, {})).status, 401);
    },
    "Authorization is examined before path, body and session": async (broker) => {
      const path = `/sessionConnectionData/${UNKNOWN_ID}/nobody`;
      assert.equal((await broker.send("GET", path)).status, 401);
      assert.equal((await broker.send("POST", "/createSessions", { body: "not JSON" })).status, 401);
    },
    "A header without a bearer token is 401; the scheme is taken in any case": async (broker) => {
      const { Authorization } = await broker.authorized();
      assert.equal((await describeWith(broker, { Authorization: "Bearer" })).status, 401);
      const lowerCase = Authorization.replace("Bearer", "bearer");
      assert.equal((await describeWith(broker, { Authorization: lowerCase })).status, 200);
    },
    'A foreign or broken token is `401 {"error":"Invalid token"}`': async (broker) => {
      const { status, body } = await describeWith(broker, { Authorization: "Bearer nobody-issued-this" });
      assert.deepEqual([status, body], [401, { error: "Invalid token" }]);
    },
  },
};

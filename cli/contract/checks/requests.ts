import assert from "node:assert/strict";
import type { DescribeSessionsResponse } from "@dcvkit/session-manager";
import { type Section, UNKNOWN_ID, UUID } from "../check.ts";

export const requests: Section = {
  section: "Requests as a whole",
  checks: {
    "Batches answer 200 even if every item failed; each item is in one of two lists": async (broker) => {
      const answer = await broker.call<{ SuccessfulList: unknown[]; UnsuccessfulList: unknown[] }>(
        "deleteSessions",
        [{ SessionId: UNKNOWN_ID, Owner: broker.owner, Force: false }],
      );
      const { SuccessfulList, UnsuccessfulList } = answer.body;
      assert.deepEqual([answer.status, SuccessfulList?.length, UnsuccessfulList?.length], [200, 0, 1]);
    },
    "`RequestId` is a new version 4 UUID in each answer": async (broker) => {
      const first = await broker.call<DescribeSessionsResponse>("describeSessions", {});
      const second = await broker.call<DescribeSessionsResponse>("describeSessions", {});
      assert.match(String(first.body.RequestId), UUID);
      assert.notEqual(first.body.RequestId, second.body.RequestId);
    },
    'Unknown fields are refused with 400, in Jackson\'s words (`Unrecognized field "MaxWidth"`)': async (
      broker,
    ) => {
      const { status, body } = await broker.call("describeSessions", { Surprise: 1 });
      assert.equal(status, 400);
      assert.match(String(body.error), /Unrecognized field "Surprise"/);
    },
    'Errors are `{"error": "..."}` as JSON, with 400 for bad input': async (broker) => {
      const headers = { ...await broker.authorized(), "Content-Type": "application/json" };
      const answer = await broker.send("POST", "/describeSessions", { headers, body: "{" });
      assert.equal(answer.status, 400);
      assert.equal(typeof answer.body.error, "string");
      assert.match(String(answer.headers.get("Content-Type")), /^application\/json/);
    },
    "A missing required field fails the whole request with 400": async (broker) => {
      assert.equal((await broker.call("deleteSessions", [{ Owner: broker.owner }])).status, 400);
    },
    "`null` for an optional field is its absence": async (broker) => {
      const request = { SessionIds: null, Filters: null, MaxResults: null, NextToken: null };
      assert.equal((await broker.call("describeSessions", request)).status, 200);
    },
    "`null` inside an array is refused with 400": async (broker) => {
      assert.equal((await broker.call("describeSessions", { SessionIds: [null] })).status, 400);
    },
    "A text is not taken for a number or a flag": async (broker) => {
      assert.equal((await broker.call("describeSessions", { MaxResults: "5" })).status, 400);
    },
    "A batch needs a body; an empty list is answered with empty lists": async (broker) => {
      const headers = { ...await broker.authorized(), "Content-Type": "application/json" };
      assert.equal((await broker.send("POST", "/deleteSessions", { headers })).status, 400);
      const { status, body } = await broker.call<{ SuccessfulList: []; UnsuccessfulList: [] }>(
        "deleteSessions",
        [],
      );
      assert.deepEqual([status, body.SuccessfulList, body.UnsuccessfulList], [200, [], []]);
    },
    "Bodies are UTF-8; others are refused with 400": async (broker) => {
      const body = new Uint8Array([...new TextEncoder().encode('{"SessionIds":["'), 0xff, 0x22, 0x5d, 0x7d]);
      const headers = { ...await broker.authorized(), "Content-Type": "application/json" };
      assert.equal((await broker.send("POST", "/describeSessions", { headers, body })).status, 400);
    },
    "The content type of a request does not matter": async (broker) => {
      const headers = { ...await broker.authorized(), "Content-Type": "text/plain" };
      assert.equal((await broker.send("POST", "/describeSessions", { headers, body: "{}" })).status, 200);
    },
    "Other paths are 404, `DELETE /sessions/{id}` and a trailing slash too": async (broker) => {
      const headers = await broker.authorized();
      const answers = [
        await broker.send("DELETE", `/sessions/${UNKNOWN_ID}`, { headers }),
        await broker.send("POST", "/describeSessions/", { headers, body: "{}" }),
      ];
      assert.deepEqual(answers.map(({ status }) => status), [404, 404]);
    },
    "Other methods are 405, with `Allow`": async (broker) => {
      const { status, headers } = await broker.send("GET", "/describeSessions", {
        headers: await broker.authorized(),
      });
      assert.deepEqual([status, headers.get("Allow")], [405, "POST"]);
    },
    "No CORS headers": async (broker) => {
      const headers = { ...await broker.authorized(), Origin: "https://portal.example" };
      const answer = await broker.send("POST", "/describeSessions", { headers, body: "{}" });
      assert.equal(answer.headers.get("Access-Control-Allow-Origin"), null);
    },
    "Health is 200 with an empty body and needs no token": async (broker) => {
      const { status, text } = await broker.send("GET", "/health");
      assert.deepEqual([status, text], [200, ""]);
    },
    "`GET /dcv-session-manager-api.yaml` serves an OpenAPI 3.0 file, unless `enable-api-yaml` is false":
      async (
        broker,
      ) => {
        const { status, text } = await broker.send("GET", "/dcv-session-manager-api.yaml");
        assert.equal(status, 200);
        assert.match(text, /^openapi: ['"]?3\.0/m);
      },
  },
};

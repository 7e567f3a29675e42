/**
 * Calls the mock broker in process, and writes its answer to JSON, in turn; prints the times of each round.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { timesOfRounds } from "./report.ts";

const PAGE = 20;

const broker = new MockBroker({
  properties: { "max-api-requests-per-second": 1_000_000 },
  servers: [{ maxVirtualSessions: PAGE }],
  sessions: Array.from({ length: PAGE }, (_, i) => ({ owner: `owner-${i}`, name: "desktop" })),
});
const { clientId, clientSecret } = broker.credentials;
const token = await broker.fetch(`${broker.url}/oauth2/token?grant_type=client_credentials`, {
  method: "POST",
  headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
});
const init = {
  method: "POST",
  headers: {
    "Authorization": `Bearer ${(await token.json()).access_token}`,
    "Content-Type": "application/json",
  },
  body: "{}",
};
const call = async () => await (await broker.fetch(`${broker.url}/describeSessions`, init)).text();
const answer = JSON.parse(await call());

// The text is read, or there would be no need to make it.
let length = 0;
const calls = [call, () => Promise.resolve(length += JSON.stringify(answer).length)];
console.log(JSON.stringify(await timesOfRounds(calls, { rounds: 31, perRound: 400 })));

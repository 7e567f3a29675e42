import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const { DCV_SM_BROKER_URL, DCV_SM_CA_FILE } = process.env;
const fetch = createTlsFetch({ ca: readFileSync(DCV_SM_CA_FILE) });
const client = new SessionManagerClient({ brokerUrl: DCV_SM_BROKER_URL, ...optionsFromEnvironment(), fetch });
after(() => fetch.close());

test("a desktop gets READY", async () => {
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  const { State } = await client.waitForSession(Id, { minDelay: 100 });
  assert.equal(State, "READY");
});

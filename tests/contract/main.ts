/**
 * `deno task contract [--json FILE]`: asks a broker about every row of docs/fidelity.md and reports what it does as the
 * mock does, and what not. It creates a few sessions and deletes each of them again; servers it leaves alone.
 *
 * Which broker is in the environment:
 *
 * - `DCV_SM_BROKER_URL`, `https://broker:8443` say; without it a mock broker is asked
 * - `DCV_SM_CLIENT_ID` and `DCV_SM_CLIENT_PASSWORD`, and `DCV_SM_AUTH_SERVER_URL` for another authorization server, or
 *   `DCV_SM_OAUTH2_TOKEN`
 * - `DCV_SM_CA_FILE`, a PEM file with the authority of the broker's certificate
 * - `DCV_SM_OWNER`, a user that the hosts know
 * - `DCV_SM_HOST`, the name of the host to create sessions on; any without it
 *
 * @module
 */

import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import { MockBroker } from "@dcvkit/mock-broker";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { type BrokerOptions, BrokerUnderTest } from "./broker_under_test.ts";
import { parseFidelity } from "./fidelity.ts";
import { formatReport } from "./report.ts";
import { runContract } from "./run_contract.ts";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const rows = parseFidelity(await readFile(new URL("../../docs/fidelity.md", import.meta.url), "utf8"));
const findings = await runContract(new BrokerUnderTest(await brokerOptions()), rows);
console.log(formatReport(findings));
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(findings, null, 2) + "\n");

async function brokerOptions(): Promise<BrokerOptions> {
  const { env } = process;
  if (env.DCV_SM_BROKER_URL === undefined) return mockOptions();
  if (env.DCV_SM_OWNER === undefined) throw new TypeError("Set DCV_SM_OWNER to a user that the hosts know");
  return {
    url: env.DCV_SM_BROKER_URL.replace(/\/+$/, ""),
    credentials: clientCredentials(env),
    accessToken: env.DCV_SM_OAUTH2_TOKEN,
    tokenUrl: env.DCV_SM_AUTH_SERVER_URL,
    fetch: env.DCV_SM_CA_FILE === undefined
      ? fetch
      : createTlsFetch({ ca: await readFile(env.DCV_SM_CA_FILE, "utf8") }),
    owner: env.DCV_SM_OWNER,
    host: env.DCV_SM_HOST,
  };
}

function clientCredentials(env: typeof process.env): BrokerOptions["credentials"] {
  const { DCV_SM_CLIENT_ID: clientId, DCV_SM_CLIENT_PASSWORD: clientSecret } = env;
  return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
}

function mockOptions(): BrokerOptions {
  console.log("DCV_SM_BROKER_URL is not set: asking a mock broker");
  const broker = new MockBroker({ clock: { speed: 100 } });
  const { url, credentials, fetch } = broker;
  return { url, credentials, fetch, owner: "ana", wait: { minDelay: 20 } };
}

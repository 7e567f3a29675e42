// Only code of the server may import this: it holds the secret.
import { readFileSync } from "node:fs";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

let client;

/** One client for the whole server, made at the first request: there is no broker while Next.js builds. */
export function brokerClient() {
  const { DCV_SM_BROKER_URL, DCV_SM_CA_FILE } = process.env;
  client ??= new SessionManagerClient({
    brokerUrl: DCV_SM_BROKER_URL,
    ...optionsFromEnvironment(),
    fetch: createTlsFetch({ ca: DCV_SM_CA_FILE && readFileSync(DCV_SM_CA_FILE) }),
  });
  return client;
}

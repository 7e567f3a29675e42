// DCV_SM_BROKER_URL=https://broker:8443 DCV_SM_CLIENT_ID=... DCV_SM_CLIENT_PASSWORD=... node server.js
import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { createApp } from "./app.js";

const { DCV_SM_BROKER_URL, DCV_SM_CA_FILE, PORT = "3000" } = process.env;
const fetch = createTlsFetch({ ca: DCV_SM_CA_FILE && readFileSync(DCV_SM_CA_FILE) });
const client = new SessionManagerClient({ brokerUrl: DCV_SM_BROKER_URL, ...optionsFromEnvironment(), fetch });

serve({ fetch: createApp(client).fetch, port: Number(PORT), hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});

import { defineConfig } from "@playwright/test";

const client = { id: "portal", secret: "secret" };

export default defineConfig({
  // The mock has an authority of its own: see "Trusting the desktops".
  use: { baseURL: "http://127.0.0.1:3000", ignoreHTTPSErrors: true },
  // The tests share one broker.
  workers: 1,
  webServer: [
    {
      command: "npx dcv-mock-broker --no-tls --fleet small-lab --log quiet " +
        `--client-id ${client.id} --client-secret ${client.secret}`,
      url: "http://127.0.0.1:8443/health",
    },
    {
      command: "node portal.mjs",
      url: "http://127.0.0.1:3000/nobody",
      env: {
        BROKER_URL: "http://127.0.0.1:8443",
        DCV_SM_CLIENT_ID: client.id,
        DCV_SM_CLIENT_PASSWORD: client.secret,
      },
    },
  ],
});

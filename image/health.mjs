// Whether the broker in this container answers: over HTTPS, or over HTTP if it was started with --no-tls.
import http from "node:http";
import https from "node:https";

const port = process.env.DCV_MOCK_PORT || 8443;

function isHealthy(client) {
  // It asks this container alone, so the certificate need not prove who answers, and may be one with a fault.
  const options = { host: "127.0.0.1", port, path: "/health", timeout: 2_000, rejectUnauthorized: false };
  return new Promise((resolve) => {
    const request = client.get(options, (answer) => resolve(answer.resume().statusCode === 200));
    request.on("error", () => resolve(false)).on("timeout", () => request.destroy());
  });
}

process.exit(await isHealthy(https) || await isHealthy(http) ? 0 : 1);

/**
 * The command behind what people put in front of a broker: HAProxy with a health check of HTTP/1.0, nginx under a path,
 * and curl as old clients speak. Needs Debian's `haproxy`, `nginx-light` and `curl`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { freePort } from "../mock_broker/free_port.ts";
import { type RunningCommand, startCommandIn } from "../mock_broker/command.ts";

const PATIENCE_MS = 30_000;
const CREDENTIALS = { clientId: "portal", clientSecret: "behind-a-proxy" };

const missing = ["haproxy", "nginx", "curl"].filter((program) => !isInstalled(program));
if (missing.length > 0) {
  console.log(`Not run: there is no ${missing.join(", no ")}`);
  Deno.exit();
}

const folder = await Deno.makeTempDir({ prefix: "proxies_" });
try {
  for (const tls of [false, true]) {
    const how = tls ? "over TLS" : "over plain HTTP";
    await using broker = await startCommandIn(
      folder,
      ...["--client-id", CREDENTIALS.clientId, "--client-secret", CREDENTIALS.clientSecret, "--log", "json"],
      ...(tls ? ["--ca-file", "ca.pem"] : ["--no-tls"]),
    );
    await checkCurl(broker, tls);
    console.log(`curl --http1.0, with and without a host, ${how}: answered`);
    await checkHaproxy(broker, tls);
    console.log(`HAProxy with "option httpchk" ${how}: the broker is up, calls go through, control does not`);
    await checkNginx(broker, tls);
    console.log(`nginx under a path ${how}: calls go through, control does not`);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function isInstalled(program: string): boolean {
  try {
    new Deno.Command(program, { args: ["-v"], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch {
    return false;
  }
}

function portOf({ output }: RunningCommand): number {
  return Number(new URL(JSON.parse(output).url).port);
}

async function checkCurl(broker: RunningCommand, tls: boolean): Promise<void> {
  const url = `${tls ? "https" : "http"}://127.0.0.1:${portOf(broker)}/health`;
  for (const args of [["--http1.0"], ["--http1.0", "-H", "Host:"], ["--http1.1"]]) {
    const { stdout } = await new Deno.Command("curl", {
      args: ["-sS", "--insecure", "-o", "/dev/null", "-w", "%{http_code}", ...args, url],
    }).output();
    assert.equal(new TextDecoder().decode(stdout), "200", args.join(" "));
  }
}

/** HAProxy serves nobody as long as its health check fails. */
async function checkHaproxy(broker: RunningCommand, tls: boolean): Promise<void> {
  const port = freePort();
  await Deno.writeTextFile(
    `${folder}/haproxy.cfg`,
    `defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
frontend clients
  bind 127.0.0.1:${port}
  default_backend brokers
backend brokers
  option httpchk GET /health
  option forwardfor
  server broker 127.0.0.1:${portOf(broker)} check inter 200 rise 2 ${
      tls ? "ssl verify required ca-file ca.pem" : ""
    }
`,
  );
  await behind(["haproxy", "-db", "-f", "haproxy.cfg"], `http://127.0.0.1:${port}`);
}

async function checkNginx(broker: RunningCommand, tls: boolean): Promise<void> {
  const port = freePort();
  const trust = tls
    ? "proxy_ssl_verify on; proxy_ssl_trusted_certificate ca.pem; proxy_ssl_name localhost;"
    : "";
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    `daemon off; pid nginx.pid; error_log stderr;
events {}
http {
  access_log off; client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;
  server {
    listen 127.0.0.1:${port};
    location /broker/ {
      proxy_pass ${tls ? "https" : "http"}://127.0.0.1:${portOf(broker)}/;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      ${trust}
    }
  }
}
`,
  );
  await behind(["nginx", "-p", folder, "-c", "nginx.conf"], `http://127.0.0.1:${port}/broker`);
}

/** Starts a proxy, makes calls through it, and ends it. */
async function behind([program, ...args]: string[], brokerUrl: string): Promise<void> {
  const child = new Deno.Command(program!, { args, cwd: folder, stdout: "null", stderr: "null" }).spawn();
  try {
    await waitFor(`${brokerUrl}/health`);
    const client = new SessionManagerClient({ brokerUrl, credentials: CREDENTIALS });
    const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
    assert.equal((await client.describeSessions({ SessionIds: [Id] })).Sessions?.length, 1);
    await client.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
    const control = await fetch(`${brokerUrl}/_mock/state`);
    assert.equal(control.status, 403, await control.text());
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

async function waitFor(url: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let status: number | undefined;
  while (status !== 200) {
    assert(Date.now() < end, `${url} answers ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    status = await fetch(url).then(async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    }, () => undefined);
  }
}

/**
 * A Connection Gateway in front of the desktops, played by an HTTP proxy that asks the gateway connector where to go.
 *
 * @module
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { assertEquals } from "@std/assert";
import { createProxyServer } from "httpxy";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { desktopTest, type Stage } from "./visitors.ts";

/**
 * Starts a gateway: requests for a session go where the broker says, and others, for which a real one has web resources
 * of its own, to the desktops' root. It speaks HTTP, so that the test needs no second authority.
 */
async function startGateway({ server }: Stage) {
  const proxy = createProxyServer({ secure: false, changeOrigin: true });
  const asked: string[] = [];
  const gateway = createServer(async (request, response) => {
    const url = new URL(request.url!, "http://gateway");
    const sessionId = url.searchParams.get("sessionId");
    let target = server.desktopUrl!;
    if (sessionId !== null) {
      asked.push(sessionId);
      const query = new URLSearchParams({ sessionId, transport: "HTTP", clientIpAddress: "127.0.0.1" });
      const resolved = await fetch(`${server.gatewayUrl}/resolveSession?${query}`, { method: "POST" });
      if (!resolved.ok) return void response.writeHead(404).end(await resolved.text());
      const { DcvServerEndpoint, Port, WebUrlPath } = await resolved.json();
      target = `https://${DcvServerEndpoint}:${Port}${WebUrlPath}`;
    }
    await proxy.web(request, response, { target }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    port: (gateway.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      gateway.closeAllConnections();
      await new Promise((resolve) => gateway.close(resolve));
    },
  };
}

desktopTest("a browser gets to the desktop through a gateway that asks the broker", {
  broker: { properties: { "enable-gateway": true } },
  listen: { gatewayPort: 0 },
}, async (stage) => {
  const { broker, client, open } = stage;
  await using gateway = await startGateway(stage);
  const data = await client.getSessionConnectionData("s1", "bob");
  const url = connectionUrl(data, { gateway: "127.0.0.1", port: gateway.port }).replace("https:", "http:");
  const page = await open(url);
  await page.getByRole("heading", { name: "Turbine blade" }).waitFor();
  assertEquals(await page.getByTestId("user").innerText(), "bob");
  assertEquals(gateway.asked, ["s1"]);
  assertEquals(broker.sessions.get("s1").connections, ["bob"]);
  await page.getByTestId("end-connection").click();
  while (broker.sessions.get("s1").connections.length > 0) await page.waitForTimeout(20);
});

desktopTest("a gateway has nowhere to go for a session that has ended", {
  broker: { properties: { "enable-gateway": true } },
  listen: { gatewayPort: 0 },
}, async (stage) => {
  await using gateway = await startGateway(stage);
  const unknown = `http://127.0.0.1:${gateway.port}/mock-desktop/connect?sessionId=gone`;
  const response = await fetch(unknown, { method: "POST" });
  await response.body?.cancel();
  assertEquals(response.status, 404);
});

import { assertEquals } from "@std/assert";
import type { DnsMapping, HostOptions } from "@dcvkit/mock-broker";
import { type Answer, Caller, createBroker, send } from "./call.ts";

const NOT_FOUND = [404, { error: "The requested combination of transport and sessionId does not exist" }];

function createGateway(server: HostOptions = {}, dnsMappings?: DnsMapping[]) {
  const broker = createBroker({
    servers: [{ hostname: "node", ...server }],
    sessions: [{ id: "s1", owner: "ana" }],
    properties: { "enable-gateway": true },
    dnsMappings,
  });
  const resolve = (query: string): Promise<Answer> =>
    send(
      broker,
      "POST",
      `/resolveSession?${query}`,
      { headers: { accept: "application/json" } },
      broker.gatewayUrl,
    );
  const endpoint = async () => (await resolve("sessionId=s1&transport=HTTP")).body.DcvServerEndpoint;
  return { broker, resolve, endpoint };
}

Deno.test("resolveSession answers with a name, a port and a path, without an access token", async () => {
  const { resolve } = createGateway({ port: 9443, webUrlPath: "/node1-dcv" });
  for (const transport of ["HTTP", "QUIC"]) {
    const query = `sessionId=s1&transport=${transport}&clientIpAddress=192.0.2.1`;
    const { status, body } = await resolve(query);
    assertEquals([status, body], [200, {
      SessionId: "s1",
      TransportProtocol: transport,
      DcvServerEndpoint: "node.dcv.internal",
      Port: 9443,
      WebUrlPath: "/node1-dcv",
    }]);
  }
});

Deno.test("resolveSession needs no client address, and takes any", async () => {
  const { resolve } = createGateway();
  assertEquals((await resolve("sessionId=s1&transport=HTTP")).status, 200);
  assertEquals((await resolve("sessionId=s1&transport=HTTP&clientIpAddress=2001:db8::1")).status, 200);
});

Deno.test("resolveSession knows no destination for a session that it does not have", async () => {
  const { broker, resolve } = createGateway();
  const answer = async () => {
    const { status, body } = await resolve("sessionId=s1&transport=HTTP");
    return [status, body];
  };
  const { status, body } = await resolve("sessionId=nope&transport=HTTP");
  assertEquals([status, body], NOT_FOUND);
  await new Caller(broker).deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(10_000);
  assertEquals(await answer(), NOT_FOUND);
});

Deno.test("resolveSession knows no destination for a session that is still being placed", async () => {
  const { broker, resolve } = createGateway();
  const { Id } = await new Caller(broker).createSession({ Owner: "ben" });
  const { status, body } = await resolve(`sessionId=${Id}&transport=HTTP`);
  assertEquals([status, body], NOT_FOUND);
});

Deno.test("resolveSession answers with names only: a server without one has no destination", async () => {
  const { resolve } = createGateway({ dnsName: false });
  const { status, body } = await resolve("sessionId=s1&transport=HTTP");
  assertEquals([status, body], NOT_FOUND);
});

Deno.test("names are registered by address, instance id or server id, and go before those that servers report", async () => {
  const DnsNames = { InternalDnsName: "node.example.com" };
  const server = { ip: "10.1.2.3", ec2: { instanceId: "i-1" } };
  const byIp: DnsMapping = { ServerIdType: "Ip", ServerId: "10.1.2.3", DnsNames };
  const byInstance: DnsMapping = { ServerIdType: "Host.Aws.Ec2InstanceId", ServerId: "i-1", DnsNames };
  assertEquals(await createGateway(server, [byIp]).endpoint(), "node.example.com");
  assertEquals(
    await createGateway({ ...server, dnsName: false }, [byInstance]).endpoint(),
    "node.example.com",
  );
  const { broker } = createGateway(server);
  const { Id } = (await new Caller(broker).server("node"))!;
  const byId: DnsMapping = { ServerIdType: "Id", ServerId: Id!, DnsNames };
  assertEquals(await createGateway(server, [byId]).endpoint(), "node.example.com");
  const other: DnsMapping = { ServerIdType: "Ip", ServerId: "i-1", DnsNames };
  assertEquals(await createGateway(server, [other]).endpoint(), "node.dcv.internal");
});

Deno.test("resolveSession refuses a request without a session or with a transport that there is not", async () => {
  const { resolve } = createGateway();
  const refused = async (query: string) => {
    const { status, body } = await resolve(query);
    return [status, body.error];
  };
  assertEquals(await refused("transport=HTTP"), [400, "Missing sessionId parameter"]);
  assertEquals(await refused("sessionId=&transport=HTTP"), [400, "Missing sessionId parameter"]);
  assertEquals(await refused("sessionId=s1"), [400, "Invalid transport parameter: "]);
  assertEquals(await refused("sessionId=s1&transport=http"), [400, "Invalid transport parameter: http"]);
  assertEquals(await refused("sessionId=s1&transport=WEBSOCKET"), [
    400,
    "Invalid transport parameter: WEBSOCKET",
  ]);
});

Deno.test("resolveSession is there only with enable-gateway, which is off by default", async () => {
  const broker = createBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  const path = "/resolveSession?sessionId=s1&transport=HTTP";
  assertEquals((await send(broker, "POST", path, {}, broker.gatewayUrl)).status, 404);
});

Deno.test("resolveSession answers to POST alone", async () => {
  const { broker } = createGateway();
  const { status, headers } = await send(broker, "GET", "/resolveSession", {}, broker.gatewayUrl);
  assertEquals([status, headers.get("Allow")], [405, "POST"]);
});

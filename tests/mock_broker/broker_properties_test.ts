import { assertEquals, assertThrows } from "@std/assert";
import type { BrokerProperties } from "@dcvkit/mock-broker";
import { Caller, createBroker, send } from "./call.ts";

/** The first lines of a stock file, with one property that shows, and what a simulation has no use for. */
const STOCK_FILE = `# session-manager-broker.properties
session-manager-working-path = /tmp
enable-authorization-server = true
enable-authorization = false
! enable-gateway = true
enable-agent-authorization = true
delete-session-duration-hours = 1
connect-session-token-duration-minutes:5
#client-to-broker-connector-https-port = 1
client-to-broker-connector-bind-host = 0.0.0.0
client-to-broker-connector-key-store-file = /etc/dcv-session-manager-broker/keys
agent-to-broker-connector-https-port = 8445
agent-to-broker-connector-bind-host = 0.0.0.0
broker-to-broker-port = 47100
cli-to-broker-port = 47200
broker-to-broker-discovery-addresses = 127.0.0.1:47500
broker-to-broker-distributed-memory-max-size-mb = 4096
broker-java-home = /usr/lib/jvm/java-11
enable-cloud-watch-metrics = false
enable-persistence = false
persistence-db = dynamodb
dynamodb-region = us-east-1
jdbc-connection-url = jdbc:mysql://db.example.com:3306/db?a=\\
    b
metrics-fleet-name-dimension = fleet
enable-tls-client-auth-gateway = true
gateway-to-broker-connector-trust-store-file = /tmp/store
some-property-of-a-later-broker = 1
`;

Deno.test("a session-manager-broker.properties file is taken as it is", async () => {
  const broker = createBroker({ properties: STOCK_FILE, sessions: [{ id: "s1", owner: "ana" }] });
  const { status, body } = await send(broker, "GET", "/sessionConnectionData/s1/ana");
  assertEquals(status, 200, "enable-authorization = false");
  const { iat, exp } = JSON.parse(atob(body.ConnectionToken.split(".")[1]));
  assertEquals(exp - iat, 300, "connect-session-token-duration-minutes:5");
});

Deno.test("properties may be texts, as in the file, with space around them", async () => {
  const properties = { "enable-authorization": " FALSE ", "max-api-requests-per-second": " 1 " };
  const broker = createBroker({ properties });
  assertEquals((await send(broker, "POST", "/describeSessions")).status, 200);
  assertEquals((await send(broker, "POST", "/describeSessions")).status, 429);
});

Deno.test("a property that is undefined has its default", async () => {
  const broker = createBroker({ properties: { "enable-authorization": undefined } });
  assertEquals((await send(broker, "POST", "/describeSessions")).status, 401);
});

Deno.test("an unknown property is a TypeError in an object, where it is a slip", () => {
  // deno-lint-ignore no-explicit-any -- what the types forbid
  const properties = { "delete-sessions-duration-seconds": 1 } as any;
  assertThrows(
    () => createBroker({ properties }),
    TypeError,
    "properties.delete-sessions-duration-seconds: unknown, delete-session-duration-seconds?",
  );
});

Deno.test("properties without a meaning in a simulation are taken in an object too", () => {
  // deno-lint-ignore no-explicit-any -- the types name what has an effect
  createBroker({ properties: { "broker-to-broker-port": 47100, "cloud-watch-region": "us-east-1" } as any });
});

Deno.test("a property with a wrong value is a TypeError that names it and the value", () => {
  const wrong: Record<string, unknown[]> = {
    "enable-authorization": ["yes", "", 1, null],
    "enable-persistence": ["on"],
    "connect-session-token-duration-minutes": ["an hour", -1, 1.5, "", NaN, true],
    "delete-session-duration-seconds": [-1],
    "delete-session-duration-hours": [-1, "x"],
    "create-sessions-queue-max-size": [-1],
    "session-screenshot-format": ["gif", ""],
    "session-screenshot-max-width": [0, -1],
    "session-screenshot-max-height": [0],
    "max-api-requests-per-second": ["many"],
    "client-to-broker-connector-https-port": [-1, 65_536],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      // deno-lint-ignore no-explicit-any -- what the types forbid
      const properties = { [name]: value } as any;
      const error = assertThrows(
        () => createBroker({ properties }),
        TypeError,
        `properties.${name}: must be`,
      );
      assertEquals(error.message.includes(String(value)), true, error.message);
    }
  }
  assertThrows(() => createBroker({ properties: "enable-authorization = perhaps" }), TypeError, "perhaps");
});

Deno.test("negative seconds-before-deleting-sessions-unreachable-server keep sessions for ever", async () => {
  const broker = createBroker({
    servers: [{ hostname: "node" }],
    sessions: [{ id: "s1", owner: "ana" }],
    properties: { "seconds-before-deleting-sessions-unreachable-server": "-1" },
  });
  broker.hosts.terminate("node");
  broker.advance(365 * 24 * 3_600_000);
  assertEquals((await new Caller(broker).session("s1"))!.State, "UNKNOWN");
});

Deno.test("every property may be given as a text", () => {
  const names: Record<keyof BrokerProperties, true> = {
    "enable-authorization": true,
    "enable-authorization-server": true,
    "enable-gateway": true,
    "enable-api-yaml": true,
    "enable-persistence": true,
    "connect-session-token-duration-minutes": true,
    "delete-session-duration-seconds": true,
    "create-sessions-queue-max-size": true,
    "create-sessions-queue-max-time-seconds": true,
    "create-sessions-number-of-retries-on-failure": true,
    "autorun-file-arguments-max-size": true,
    "autorun-file-arguments-max-argument-length": true,
    "session-screenshot-max-width": true,
    "session-screenshot-max-height": true,
    "session-screenshot-format": true,
    "max-api-requests-per-second": true,
    "enable-throttling-forwarded-for-header": true,
    "seconds-before-deleting-unreachable-dcv-server": true,
    "seconds-before-deleting-sessions-unreachable-server": true,
    "client-to-broker-connector-https-port": true,
  };
  for (const name of Object.keys(names)) {
    const value = name === "session-screenshot-format" ? "jpeg" : name.startsWith("enable-") ? "true" : "60";
    createBroker({ properties: { [name]: value } });
  }
});

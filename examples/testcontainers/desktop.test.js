// @ts-check
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { GenericContainer, Wait } from "testcontainers";

const credentials = { clientId: "tests", clientSecret: "only-for-tests" };

/** @type {import("testcontainers").StartedTestContainer} */
let container;
/** @type {import("@dcvkit/session-manager/tls").TlsFetch} */
let fetch;
/** @type {SessionManagerClient} */
let client;

before(async () => {
  // The image of a release; OWNER is the owner of the repository.
  container = await new GenericContainer(
    process.env.MOCK_BROKER_IMAGE ?? "ghcr.io/OWNER/dcv-mock-broker:latest",
  )
    .withEnvironment({
      DCV_MOCK_SPEED: "20",
      DCV_MOCK_CLIENT_ID: credentials.clientId,
      DCV_MOCK_CLIENT_SECRET: credentials.clientSecret,
    })
    .withExposedPorts(8443)
    .withWaitStrategy(Wait.forHealthCheck())
    .start();
  const { output: ca } = await container.exec(["cat", "/ca/ca.pem"]);
  // The certificate names localhost; Docker may be elsewhere.
  fetch = createTlsFetch({ ca, serverName: "localhost" });
  const brokerUrl = `https://${container.getHost()}:${container.getMappedPort(8443)}`;
  client = new SessionManagerClient({ brokerUrl, credentials, fetch });
});
after(async () => {
  fetch?.close();
  await container?.stop();
});

test("a desktop gets READY", async () => {
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  const { State } = await client.waitForSession(Id, { minDelay: 100 });
  assert.equal(State, "READY");
});

// npx jest
const { MockBroker } = require("@dcvkit/mock-broker");
const { SessionManagerClient } = require("@dcvkit/session-manager");
const { createTlsFetch } = require("@dcvkit/session-manager/tls");

const broker = new MockBroker({ clock: "manual" });
let server, fetch;

beforeAll(async () => {
  server = await broker.listen({ port: 0 });
  fetch = createTlsFetch({ ca: server.ca });
});
beforeEach(() => broker.reset());
afterAll(async () => {
  fetch.close();
  await server.close();
});

test("a desktop is READY soon after it was asked for", async () => {
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  broker.advance(30_000);
  const { Sessions } = await client.describeSessions({ SessionIds: [Id] });
  expect(Sessions[0].State).toBe("READY");
});

test("each test begins with the same fleet, and none of the others' sessions", async () => {
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const { Sessions } = await client.describeSessions();
  expect(Sessions).toEqual([]);
});

/** A session that gets READY by the fake time of a test runner alone. */
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";

/** The session's state before and after half a minute, which `pass` lets go by. */
export async function statesAround(broker, pass) {
  const client = new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: broker.credentials,
    fetch: broker.fetch,
    timeout: 0x7fffffff,
  });
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  const state = async () => (await client.describeSessions({ SessionIds: [Id] })).Sessions[0].State;
  const before = await state();
  await pass();
  return [before, await state()];
}

export function createBroker() {
  return new MockBroker();
}

/**
 * Loaded before a program (`deno run --preload`): when it ends, it prints a line with the ids of the advice that each
 * mock broker of it has, as JSON.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";

const brokers = new Set<MockBroker>();
const credentials = Object.getOwnPropertyDescriptor(MockBroker.prototype, "credentials")!.get!;

// Every program needs these, and asks the broker that it uses.
Object.defineProperty(MockBroker.prototype, "credentials", {
  get(this: MockBroker) {
    brokers.add(this);
    return credentials.call(this);
  },
});

addEventListener("unload", () => {
  const ids = [...brokers].map((broker) => broker.advice().map(({ id }) => id));
  console.log(`advice: ${JSON.stringify(ids)}`);
});

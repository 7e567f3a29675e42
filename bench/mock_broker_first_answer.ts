/**
 * The program whose start is measured: it listens without TLS, asks itself once, and ends.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";

await using server = await new MockBroker().listen({ port: 0, tls: false });
const response = await fetch(`${server.url}/describeSessions`, { method: "POST" });
await response.body?.cancel();

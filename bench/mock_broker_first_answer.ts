/**
 * The program whose start is measured: it listens without TLS, and says where.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";

const { url } = await new MockBroker().listen({ port: 0, tls: false });
console.log(url);

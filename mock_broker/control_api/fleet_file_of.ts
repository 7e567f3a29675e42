/**
 * Options of a broker as a fleet file.
 *
 * @module
 */

import { brokerProperties } from "../description/broker_properties.ts";
import type { MockBrokerOptions } from "../description/options.ts";

/** What of the options stands in a fleet file, as JSON; API clients, which have secrets, are left out. */
export function fleetFileOf(options: MockBrokerOptions): Record<string, unknown> {
  const { clients: _, control: __, worlds: ___, properties, ...rest } = options;
  const settled = typeof properties === "string" ? brokerProperties(properties) : properties;
  return JSON.parse(JSON.stringify({ ...rest, properties: settled }));
}

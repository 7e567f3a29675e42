/**
 * The broker's properties, as a caller describes them: an object, or the text of the broker's own file.
 *
 * @module
 */

import { parse } from "dot-properties";
import type { BrokerProperties } from "../simulation/broker_properties.ts";

/** What holds for a property that nobody sets. */
export const PROPERTY_DEFAULTS: BrokerProperties = {
  "enable-authorization": true,
  "enable-authorization-server": true,
  "enable-gateway": false,
  "enable-api-yaml": true,
  "enable-persistence": false,
  "connect-session-token-duration-minutes": 60,
  "delete-session-duration-seconds": 3600,
  "create-sessions-queue-max-size": 1000,
  "create-sessions-queue-max-time-seconds": 1800,
  "create-sessions-number-of-retries-on-failure": 2,
  "autorun-file-arguments-max-size": 50,
  "autorun-file-arguments-max-argument-length": 150,
  "session-screenshot-max-width": 160,
  "session-screenshot-max-height": 100,
  "session-screenshot-format": "png",
  "max-api-requests-per-second": 1000,
  "enable-throttling-forwarded-for-header": false,
  "seconds-before-deleting-unreachable-dcv-server": 1800,
  "seconds-before-deleting-sessions-unreachable-server": -1,
  "client-to-broker-connector-https-port": 8443,
};

/**
 * Known to the broker, without a meaning in a simulation: files, clustering, databases, metrics, and the addresses to
 * bind to, lest an administrator's file opens a simulated broker to a whole network.
 */
const WITHOUT_EFFECT =
  /^(broker-|persistence-db$|dynamodb-|jdbc-|cloud-watch-|enable-cloud-watch-metrics$|metrics-|session-manager-working-path$|enable-agent-authorization$|enable-tls-client-auth-gateway$|(agent|gateway)-to-broker-connector-|client-to-broker-connector-(bind-host|key-store-)|cli-to-broker-)/;

/** Properties as a caller gives them; values may be texts, as in the broker's own file. */
export type BrokerPropertiesInput =
  & { [Name in keyof BrokerProperties]?: BrokerProperties[Name] | string | undefined }
  & { "delete-session-duration-hours"?: number | string | undefined };

/**
 * Completes properties with the defaults.
 *
 * @param given An object, or the text of a `session-manager-broker.properties` file. Properties that mean
 * nothing to a simulation are passed over; a name that the broker does not know is refused in an object, where
 * it is a slip, and passed over in a file, as the broker does.
 */
export function brokerProperties(given: BrokerPropertiesInput | string = {}): BrokerProperties {
  const fromFile = typeof given === "string";
  const entries = Object.entries(fromFile ? parse(given) as Record<string, string> : given);
  const properties: Record<string, boolean | number | string> = { ...PROPERTY_DEFAULTS };
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    if (Object.hasOwn(PROPERTY_DEFAULTS, name)) {
      properties[name] = typed(name as keyof BrokerProperties, value);
    } else if (name === "delete-session-duration-hours") continue;
    else if (!fromFile && !WITHOUT_EFFECT.test(name)) {
      throw new TypeError(`Unknown broker property: "${name}"`);
    }
  }
  const hours = Object.fromEntries(entries)["delete-session-duration-hours"];
  if (hours !== undefined && !entries.some(([name]) => name === "delete-session-duration-seconds")) {
    properties["delete-session-duration-seconds"] = wholeNumber("delete-session-duration-hours", hours) *
      3600;
  }
  return properties as unknown as BrokerProperties;
}

/** What a property does here: something, nothing although brokers know it, or nothing because they do not. */
export function effectOf(name: string): "simulated" | "idle" | "unknown" {
  if (Object.hasOwn(PROPERTY_DEFAULTS, name) || name === "delete-session-duration-hours") return "simulated";
  return WITHOUT_EFFECT.test(name) ? "idle" : "unknown";
}

/** Whether the caller set a property, rather than leaving it to its default. */
export function isGiven(
  given: BrokerPropertiesInput | string | undefined,
  name: keyof BrokerProperties,
): boolean {
  if (given === undefined) return false;
  return Object.hasOwn(typeof given === "string" ? parse(given) as object : given, name);
}

/** Where a whole number may be other than 0 and more. */
const BOUNDS: { readonly [Name in keyof BrokerProperties]?: readonly [least: number, most: number] } = {
  "session-screenshot-max-width": [1, Number.MAX_SAFE_INTEGER],
  "session-screenshot-max-height": [1, Number.MAX_SAFE_INTEGER],
  "seconds-before-deleting-sessions-unreachable-server": [-1, Number.MAX_SAFE_INTEGER],
  "client-to-broker-connector-https-port": [0, 65_535],
};

function typed(name: keyof BrokerProperties, value: unknown): boolean | number | string {
  const standard = PROPERTY_DEFAULTS[name];
  if (typeof standard === "number") return wholeNumber(name, value, ...BOUNDS[name] ?? []);
  if (typeof standard === "boolean") return flag(name, value);
  const text = String(value).trim();
  if (name === "session-screenshot-format" && text !== "png" && text !== "jpeg") {
    throw new TypeError(`Broker property "${name}" must be png or jpeg: ${text}`);
  }
  return text;
}

function wholeNumber(
  name: string,
  value: unknown,
  least: number = 0,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  const isText = typeof value === "string" && /^\s*-?\d+\s*$/.test(value);
  const number = typeof value === "number" || isText ? Number(value) : NaN;
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  const wanted = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`;
  throw new TypeError(`Broker property "${name}" must be a whole number ${wanted}: ${value}`);
}

function flag(name: string, value: unknown): boolean {
  const text = String(value).trim().toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw new TypeError(`Broker property "${name}" must be true or false: ${value}`);
}

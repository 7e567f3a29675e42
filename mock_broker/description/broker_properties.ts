/**
 * The broker's properties, as a caller describes them: an object, or the text of the broker's own file.
 *
 * @module
 */

import { parse } from "dot-properties";
import * as z from "zod";
import type { BrokerProperties } from "../simulation/broker_properties.ts";
import { unknownName } from "./near_name.ts";
import { once } from "./once.ts";
import { problemsOf, problemText } from "./problems.ts";
import { either, flag, object, textLike, wholeNumber, wholeNumberWords } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

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
 * bind to, which an administrator's file must not open to a whole network.
 */
const WITHOUT_EFFECT =
  /^(broker-|persistence-db$|dynamodb-|jdbc-|cloud-watch-|enable-cloud-watch-metrics$|metrics-|session-manager-working-path$|enable-agent-authorization$|enable-tls-client-auth-gateway$|(agent|gateway)-to-broker-connector-|client-to-broker-connector-(bind-host|key-store-)|cli-to-broker-)/;

/** Properties as a caller gives them; values may be texts, as in the broker's own file. */
export type BrokerPropertiesInput =
  & { [Name in keyof BrokerProperties]?: BrokerProperties[Name] | string | undefined }
  & { "delete-session-duration-hours"?: number | string | undefined };

/** Sets another property, in another unit. */
const HOURS = "delete-session-duration-hours";

/** Properties whose whole numbers have other bounds than 0 and more. */
const BOUNDS: { readonly [Name in keyof BrokerProperties]?: readonly [least: number, most: number] } = {
  "session-screenshot-max-width": [1, Number.MAX_SAFE_INTEGER],
  "session-screenshot-max-height": [1, Number.MAX_SAFE_INTEGER],
  "seconds-before-deleting-sessions-unreachable-server": [-1, Number.MAX_SAFE_INTEGER],
  "client-to-broker-connector-https-port": [0, 65_535],
};

/** The rules of the properties that mean something here; each value may be a text, as in the broker's own file. */
const knownProperties = once(() => {
  const shape = Object.entries(PROPERTY_DEFAULTS).map(([name, standard]) =>
    [name, propertySchema(name as keyof BrokerProperties).optional().describe(`Default ${standard}`)] as const
  );
  return object({
    ...Object.fromEntries(shape) as {
      [Name in keyof BrokerProperties]: PropertySchema<BrokerProperties[Name]>;
    },
    [HOURS]: wholeNumberOrText(0).optional()
      .describe("The same as delete-session-duration-seconds, in hours; the seconds win over it"),
  });
});

/** Takes such a value, or a text of it. */
type PropertySchema<T> = z.ZodOptional<z.ZodType<T | string, T | string>>;

export type BrokerPropertiesMatch = Expect<
  SameType<z.input<ReturnType<typeof knownProperties>>, BrokerPropertiesInput>
>;

/** The rules of properties as an object. The broker's other properties are taken and passed over. */
export const propertiesSchema = once(() => {
  const { shape } = knownProperties();
  const passedOver = either("a text, a number, true or false", z.string(), z.number(), z.boolean());
  return z.object(shape, "must be an object").catchall(passedOver).superRefine((properties, context) => {
    const keys = Object.keys(properties).filter((name) => !isKnown(name) && !WITHOUT_EFFECT.test(name));
    if (keys.length === 0) return;
    const message = keys.map((name) => unknownName(name, Object.keys(shape))).join("\n");
    context.addIssue({ code: "unrecognized_keys", keys, message, input: properties });
  }, { when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value) });
});

/** The rules of properties as an object, or as the text of a file, where the broker passes over unknown names. */
export const propertiesOrTextSchema = once(() =>
  either(
    "an object or the text of a properties file",
    propertiesSchema(),
    z.string().superRefine((text, context) => {
      const known = Object.entries(parse(text) as object).filter(([name]) => isKnown(name));
      const result = propertiesSchema().safeParse(Object.fromEntries(known), { reportInput: true });
      for (const issue of result.error?.issues ?? []) {
        context.issues.push(issue as z.core.$ZodRawIssue);
      }
    }),
  )
);

/** What a property does here: something, nothing although brokers know it, or nothing because they do not. */
export function effectOf(name: string): "simulated" | "idle" | "unknown" {
  if (isKnown(name)) return "simulated";
  return WITHOUT_EFFECT.test(name) ? "idle" : "unknown";
}

/** What is wrong with one property of a file; `undefined` if nothing is. */
export function problemWithProperty(name: string, value: string): string | undefined {
  const result = propertiesSchema().safeParse(isKnown(name) ? { [name]: value } : {}, { reportInput: true });
  return result.error && problemsOf(result.error.issues).map(problemText).join("; ");
}

function isKnown(name: string): boolean {
  return Object.hasOwn(PROPERTY_DEFAULTS, name) || name === HOURS;
}

function propertySchema(name: keyof BrokerProperties): z.ZodType {
  const standard = PROPERTY_DEFAULTS[name];
  const [least, most] = BOUNDS[name] ?? [0];
  if (typeof standard === "number") return wholeNumberOrText(least, most);
  if (typeof standard === "string") return textLike(/^\s*(png|jpeg)\s*$/, "png or jpeg");
  return either("true or false", flag(), textLike(/^\s*(true|false)\s*$/i, "true or false"));
}

function wholeNumberOrText(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const inText = wholeNumber(least, most);
  const words = wholeNumberWords(least, most);
  const isWithin = (text: string) => inText.safeParse(Number(text)).success;
  return either(words, inText, textLike(/^\s*-?\d+\s*$/, words).refine(isWithin, `must be ${words}`));
}

/** Completes checked properties with the defaults. */
export function brokerProperties(given: BrokerPropertiesInput | string = {}): BrokerProperties {
  const properties: Record<string, boolean | number | string> = { ...PROPERTY_DEFAULTS };
  const found = Object.entries(entriesOf(given)).filter(([name, value]) =>
    isKnown(name) && value !== undefined
  );
  const { [HOURS]: hours, ...others } = Object.fromEntries(found) as Record<string, unknown>;
  if (hours !== undefined) properties["delete-session-duration-seconds"] = Number(hours) * 3600;
  for (const [name, value] of Object.entries(others)) properties[name] = valueOf(name, value);
  return properties as unknown as BrokerProperties;
}

/** Whether the caller set a property, rather than leaving it to its default. */
export function isGiven(
  given: BrokerPropertiesInput | string | undefined,
  name: keyof BrokerProperties,
): boolean {
  return given !== undefined && entriesOf(given)[name] !== undefined;
}

function entriesOf(given: BrokerPropertiesInput | string): Readonly<Record<string, unknown>> {
  return typeof given === "string" ? parse(given) as Record<string, string> : given;
}

function valueOf(name: string, value: unknown): boolean | number | string {
  const text = String(value).trim();
  const standard = PROPERTY_DEFAULTS[name as keyof BrokerProperties];
  if (typeof standard === "number") return Number(text);
  return typeof standard === "boolean" ? text.toLowerCase() === "true" : text;
}

/**
 * The rules of a broker's options, each made when it is first needed: a broker without options checks nothing.
 *
 * @module
 */

import * as z from "zod";
import { apiClientSchema } from "./api_client.ts";
import { authServerSchema } from "./auth_server.ts";
import { propertiesOrTextSchema } from "./broker_properties.ts";
import { clockSchema } from "./clock.ts";
import { dnsMappingSchema } from "./dns_mapping.ts";
import { faultRuleSchema } from "./fault_rule.ts";
import { hostSchema } from "./host.ts";
import { unknownName } from "./near_name.ts";
import { once } from "./once.ts";
import type { MockBrokerOptions } from "./options.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { either, flag, list, object, text, wholeNumber } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";
import { initialSessionSchema } from "./session.ts";
import { timingsSchema } from "./timings.ts";

/** The rules of each option. */
export const OPTION_SCHEMAS = {
  servers: once(() => list(hostSchema())),
  clients: once(() => list(apiClientSchema())),
  sessions: once(() => list(initialSessionSchema())),
  seed: once(() => z.int("must be a whole number")),
  clock: clockSchema,
  properties: propertiesOrTextSchema,
  timings: timingsSchema,
  authServers: once(() => list(authServerSchema())),
  control: once(() => either("true, false or an object with hosts", flag(), object({ hosts: list(text()) }))),
  faults: once(() => list(faultRuleSchema())),
  worlds: once(() => flag()),
  journalSize: once(() => wholeNumber(0)),
  dnsMappings: once(() => list(dnsMappingSchema())),
} satisfies Readonly<Record<keyof MockBrokerOptions, () => z.ZodType>>;

type Checked = { [Name in keyof MockBrokerOptions]-?: z.input<ReturnType<typeof OPTION_SCHEMAS[Name]>> };

/** The broker's properties apart, which have a rule for names that mean nothing here. */
export type MockBrokerOptionsMatch = Expect<
  SameType<
    Omit<Checked, "properties">,
    { [Name in Exclude<keyof MockBrokerOptions, "properties">]-?: NonNullable<MockBrokerOptions[Name]> }
  >
>;

/** What is wrong with options, whatever they are. */
export function problemsWithOptions(options: unknown): Problem[] {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const { error } = object({}).safeParse(options, { reportInput: true });
    return problemsOf(error!.issues);
  }
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!isOption(name)) return [{ path: [name], message: unknownName(name, Object.keys(OPTION_SCHEMAS)) }];
    const { error } = OPTION_SCHEMAS[name]().safeParse(value, { reportInput: true });
    return error ? problemsOf(error.issues, [name]) : [];
  });
}

function isOption(name: string): name is keyof MockBrokerOptions {
  return Object.hasOwn(OPTION_SCHEMAS, name);
}

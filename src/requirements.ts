/**
 * Requirement expressions: which servers a new session may be placed on, as `createSessions()` takes them in
 * `Requirements`. Built from values rather than by formatting strings, so that no value can break out of its
 * quotes and a misspelt property fails here rather than in the broker.
 *
 * @example Usage
 * ```ts
 * import { all, any, not, server, tag } from "@dcvkit/session-manager/requirements";
 *
 * const Requirements = all(
 *   tag("project", "=", "o'neil"),
 *   any(server("Host.Os.Family", "=", "linux"), server("Host.CpuInfo.NumberOfCpus", ">=", 8)),
 *   not(tag("state", "=", "draining")),
 * );
 * console.log(Requirements);
 * // (tag:project = 'o''neil') and ((server:Host.Os.Family = 'linux') or (server:Host.CpuInfo.NumberOfCpus >= 8))
 * // and (not (tag:state = 'draining'))
 * ```
 *
 * @module
 */

/** How a term may compare. */
export const REQUIREMENT_OPERATORS = ["=", "!=", ":=", ">", ">=", "<", "<="] as const;

/** Every server property that an expression can name, as the guide's page on `CreateSessions` lists them. */
export const SERVER_PROPERTIES = [
  "Id",
  "Hostname",
  "Version",
  "SessionManagerAgentVersion",
  "Host.Os.Family",
  "Host.Os.Name",
  "Host.Os.Version",
  "Host.Os.KernelVersion",
  "Host.Os.BuildNumber",
  "Host.Memory.TotalBytes",
  "Host.Memory.UsedBytes",
  "Host.Swap.TotalBytes",
  "Host.Swap.UsedBytes",
  "Host.CpuLoadAverage.OneMinute",
  "Host.CpuLoadAverage.FiveMinutes",
  "Host.CpuLoadAverage.FifteenMinutes",
  "Host.Aws.Region",
  "Host.Aws.Ec2InstanceType",
  "Host.Aws.Ec2InstanceId",
  "Host.Aws.Ec2ImageId",
  "Host.CpuInfo.Vendor",
  "Host.CpuInfo.ModelName",
  "Host.CpuInfo.Architecture",
  "Host.CpuInfo.NumberOfCpus",
  "Host.CpuInfo.PhysicalCoresPerCpu",
] as const;

/** A key of the grammar of AWS's own validator. Other tags exist, but no expression can name them. */
const TAG_KEY = /^(?:[A-Za-z_]\w*|dcv:[\w-]+)$/;

/** How a term compares. `:=` means "contains" and takes text only. */
export type RequirementOperator = typeof REQUIREMENT_OPERATORS[number];

/**
 * A property of a server that an expression can name. The instance's properties are spelt `Ec2...` here, although
 * `DescribeServers` answers with `EC2...`. Sizes are in bytes. `Host.Aws` exists on EC2 only.
 */
export type ServerProperty = typeof SERVER_PROPERTIES[number];

/**
 * A term that compares a tag of the server.
 *
 * @example Usage
 * ```ts
 * import { tag } from "@dcvkit/session-manager/requirements";
 *
 * console.log(tag("color", "=", "pink")); // tag:color = 'pink'
 * console.log(tag("dcv:max-virtual-sessions", "!=", "0")); // tag:dcv:max-virtual-sessions != '0'
 * ```
 *
 * @param key Letters, digits and `_`, not a digit first; or one of the broker's own, from `dcv:`.
 * @param operator How to compare.
 * @param value What to compare with. Tags are text, so give text unless the tag holds a number.
 * @returns The expression.
 * @throws {TypeError} If the grammar cannot hold the key, the operator or the value.
 */
export function tag(key: string, operator: RequirementOperator, value: string | number): string {
  if (!TAG_KEY.test(key)) {
    throw new TypeError(
      `Requirements cannot name the tag ${JSON.stringify(key)}: ` +
        'a tag key is made of letters, digits and "_" and does not begin with a digit, or begins with "dcv:"',
    );
  }
  return term(`tag:${key}`, operator, value);
}

/**
 * A term that compares a property of the server or of its host.
 *
 * @example Pin a session to an EC2 instance
 * ```ts
 * import { server } from "@dcvkit/session-manager/requirements";
 *
 * console.log(server("Host.Aws.Ec2InstanceId", "=", "i-0123456789abcdef0"));
 * // server:Host.Aws.Ec2InstanceId = 'i-0123456789abcdef0'
 * ```
 *
 * @param property The property, spelt exactly so.
 * @param operator How to compare.
 * @param value What to compare with.
 * @returns The expression.
 * @throws {TypeError} If there is no such property, or if the grammar cannot hold the operator or the value.
 */
export function server(
  property: ServerProperty,
  operator: RequirementOperator,
  value: string | number,
): string {
  if (!SERVER_PROPERTIES.includes(property)) {
    throw new TypeError(
      `Requirements cannot name the server property ${JSON.stringify(property)}${suggestion(property)}`,
    );
  }
  return term(`server:${property}`, operator, value);
}

/**
 * Holds where all of the expressions hold. Blank ones are left out: to the broker they require nothing, which is
 * also what `all()` of nothing gives.
 *
 * @example Usage
 * ```ts
 * import { all, tag } from "@dcvkit/session-manager/requirements";
 *
 * console.log(all(tag("a", "=", "x"), tag("b", "=", "y"))); // (tag:a = 'x') and (tag:b = 'y')
 * console.log(all() === ""); // true
 * ```
 *
 * @param expressions Expressions from this module, or your own; they are taken as they are.
 * @returns The expression.
 */
export function all(...expressions: string[]): string {
  return join(" and ", expressions.filter((expression) => !isBlank(expression)));
}

/**
 * Holds where at least one of the expressions holds.
 *
 * @example Usage
 * ```ts
 * import { any, tag } from "@dcvkit/session-manager/requirements";
 *
 * console.log(any(tag("a", "=", "x"), tag("b", "=", "y"))); // (tag:a = 'x') or (tag:b = 'y')
 * ```
 *
 * @param expressions At least one expression from this module, or your own; they are taken as they are.
 * @returns The expression.
 * @throws {TypeError} If there is none, or a blank one.
 */
export function any(...expressions: string[]): string {
  if (expressions.length === 0 || expressions.some(isBlank)) {
    throw new TypeError("any() needs at least one expression, and none of them blank");
  }
  return join(" or ", expressions);
}

/**
 * Holds where the expression does not.
 *
 * @example Usage
 * ```ts
 * import { not, tag } from "@dcvkit/session-manager/requirements";
 *
 * console.log(not(tag("state", "=", "draining"))); // not (tag:state = 'draining')
 * ```
 *
 * @param expression An expression from this module, or your own; it is taken as it is.
 * @returns The expression.
 * @throws {TypeError} If the expression is blank.
 */
export function not(expression: string): string {
  if (isBlank(expression)) throw new TypeError("not() needs an expression that is not blank");
  return `not (${expression})`;
}

function term(key: string, operator: RequirementOperator, value: string | number): string {
  if (!REQUIREMENT_OPERATORS.includes(operator)) {
    throw new TypeError(
      `Requirements cannot compare by ${JSON.stringify(operator)}: use one of ${
        REQUIREMENT_OPERATORS.join(" ")
      }`,
    );
  }
  if (operator === ":=" && typeof value !== "string") {
    throw new TypeError(`Requirements compare by ":=" with text only: ${key} := ${value}`);
  }
  return `${key} ${operator} ${literal(key, value)}`;
}

function literal(key: string, value: string | number): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (Number.isFinite(value)) return `${value}`;
  throw new TypeError(`Requirements compare with text or a finite number: ${key} was given ${value}`);
}

function join(separator: string, expressions: string[]): string {
  if (expressions.length < 2) return expressions.join();
  return expressions.map((expression) => `(${expression})`).join(separator);
}

function isBlank(expression: string): boolean {
  return expression.trim() === "";
}

function suggestion(property: string): string {
  const wanted = property.toLowerCase();
  const alike = SERVER_PROPERTIES.find((known) => known.toLowerCase() === wanted);
  return alike ? `: did you mean ${alike}?` : `: known are ${SERVER_PROPERTIES.join(", ")}`;
}

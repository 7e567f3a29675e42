/**
 * From an expression's tree to a predicate over hosts.
 *
 * @module
 */

import type { Comparison, ComparisonOperator, Expression, Subject } from "./parser.ts";
import type { RequirementsHost } from "./properties.ts";
import { toNumber } from "./tokens.ts";

/** Whether a host meets an expression. */
export type Predicate = (host: RequirementsHost) => boolean;

type Value = string | number;

/** Texts are ordered by UTF-16 code unit, as Java's `compareTo` orders them. */
const COMPARE: Record<ComparisonOperator, (found: Value, wanted: Value) => boolean> = {
  "=": (found, wanted) => found === wanted,
  "!=": (found, wanted) => found !== wanted,
  ":=": (found, wanted) => String(found).includes(String(wanted)),
  ">": (found, wanted) => found > wanted,
  ">=": (found, wanted) => found >= wanted,
  "<": (found, wanted) => found < wanted,
  "<=": (found, wanted) => found <= wanted,
};

/** Turns a tree into closures, so that a host costs its comparisons and nothing else. */
export function compile(expression: Expression): Predicate {
  switch (expression.type) {
    case "or": {
      const operands = expression.operands.map(compile);
      return (host) => operands.some((matches) => matches(host));
    }
    case "and": {
      const operands = expression.operands.map(compile);
      return (host) => operands.every((matches) => matches(host));
    }
    case "not": {
      const matches = compile(expression.operand);
      return (host) => !matches(host);
    }
    case "comparison":
      return compileComparison(expression);
  }
}

function compileComparison({ subject, operator, value }: Comparison): Predicate {
  const read = reader(subject);
  const convert = typeof value === "number" && operator !== ":=" ? asNumber : String;
  const compare = COMPARE[operator];
  return (host) => {
    const present = read(host);
    const found = present === undefined ? undefined : convert(present);
    return found === undefined ? operator === "!=" : compare(found, value);
  };
}

function reader(subject: Subject): (host: RequirementsHost) => Value | undefined {
  if (subject.kind === "tag") return (host) => host.tag(subject.key);
  return (host) => host.property(subject.path);
}

function asNumber(value: Value): number | undefined {
  return typeof value === "number" ? value : toNumber(value);
}

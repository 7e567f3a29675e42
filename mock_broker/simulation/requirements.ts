/**
 * Requirement expressions: what `CreateSessions` may ask of the host of a session, such as
 * `tag:color = 'pink' and server:Host.CpuInfo.NumberOfCpus >= 2`.
 *
 * The grammar is that of the validator in AWS's own console (`RequirementsParserMatcher.jj`), which is most
 * likely the broker's:
 *
 * ```text
 * Requirements := AndExpr ( OR AndExpr )*
 * AndExpr      := Expr ( AND Expr )*
 * Expr         := [ NOT ] "(" Requirements ")" | [ NOT ] Key Operator Value
 * Key          := "tag:" key | "server:" property
 * Operator     := "=" | "!=" | ":=" | ">" | ">=" | "<" | "<="
 * Value        := 'text' | number
 * ```
 *
 * How a broker evaluates it is documented in outline only. These are guesses:
 *
 * - The literal decides how to compare: a text with the text of the tag or property, a number with its number.
 *   A tag that is not a number of the grammar has none.
 * - `:=` means that the text contains the literal. It is a text comparison for numbers too, where it is allowed
 *   at all.
 * - A comparison with a tag or property that is missing, or that has no number where one is needed, is false;
 *   `!=` is then true.
 * - Case counts, and `<` and `>` order texts by UTF-16 code unit.
 * - A bare `and`, `or` or `not` that is followed by an operator names the tag with that key, as it is written.
 *
 * @module
 */

import { compile } from "./requirements/matching.ts";
import { type Expression, parseExpression, type Subject } from "./requirements/parser.ts";
import type { RequirementsHost } from "./requirements/properties.ts";

export { RequirementsError, type RequirementsProblem } from "./requirements/error.ts";
export { type Comparison, type ComparisonOperator, MAX_NESTING } from "./requirements/parser.ts";
export { type RequirementsHost, SERVER_PROPERTIES, type ServerProperty } from "./requirements/properties.ts";
export type { Expression, Subject };

/** A tag or server property that must have exactly this text. */
export interface EqualTerm {
  /** Which tag or property. */
  readonly subject: Subject;
  /** The text that it must have. */
  readonly value: string;
}

/** An expression, parsed and compiled. */
export interface Requirements {
  /** The expression as it was written. */
  readonly text: string;
  /** The expression as a tree, `null` where there is no requirement. */
  readonly expression: Expression | null;
  /**
   * The terms without which no host matches: those of the form `key = 'text'` that the whole expression is a
   * conjunction of. A host may be looked up by any of them; it still has to match the rest.
   */
  readonly equalTerms: readonly EqualTerm[];
  /** Whether the host meets the requirements. */
  matches(host: RequirementsHost): boolean;
}

const NO_REQUIREMENTS: Requirements = { text: "", expression: null, equalTerms: [], matches: () => true };

/**
 * Parses an expression. `null`, `undefined` and blank text are no requirement: every host matches.
 *
 * Time and memory are linear in the length of the text, which is bounded by whoever read it, not here.
 *
 * @throws {RequirementsError} If the text is not an expression, names an unknown server property, or nests
 * parentheses more than {@linkcode MAX_NESTING} deep.
 *
 * @example
 * ```ts
 * import { parseRequirements } from "@dcvkit/mock-broker/requirements";
 *
 * const requirements = parseRequirements("tag:color = 'pink' and server:Host.CpuInfo.NumberOfCpus >= 2");
 * const pinkHost = { tag: () => "pink", property: () => 4 };
 *
 * if (!requirements.matches(pinkHost)) throw new Error("Expected the pink host to match");
 * ```
 */
export function parseRequirements(text: string | null | undefined): Requirements {
  if (text === null || text === undefined || text.trim() === "") return NO_REQUIREMENTS;
  const expression = parseExpression(text);
  return { text, expression, equalTerms: equalTermsOf(expression), matches: compile(expression) };
}

function equalTermsOf(expression: Expression): EqualTerm[] {
  if (expression.type === "and") return expression.operands.flatMap(equalTermsOf);
  if (expression.type !== "comparison") return [];
  const { subject, operator, value } = expression;
  return operator === "=" && typeof value === "string" ? [{ subject, value }] : [];
}

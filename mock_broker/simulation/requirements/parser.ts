/**
 * From the text of an expression to its tree.
 *
 * @module
 */

import { RequirementsError } from "./error.ts";
import { isServerProperty, SERVER_PROPERTIES, type ServerProperty } from "./properties.ts";
import { readToken, type Token, type TokenKind } from "./tokens.ts";

/** What a comparison may ask: equal, not equal, contains, and the order of numbers or texts. */
export type ComparisonOperator = "=" | "!=" | ":=" | ">" | ">=" | "<" | "<=";

/** The left side of a comparison. */
export type Subject =
  | { readonly kind: "tag"; readonly key: string }
  | { readonly kind: "property"; readonly path: ServerProperty };

/** One term: a tag or a server property, against a literal. */
export interface Comparison {
  /** Tells a comparison from the other kinds of expression. */
  readonly type: "comparison";
  /** What is compared. */
  readonly subject: Subject;
  /** How it is compared. */
  readonly operator: ComparisonOperator;
  /** The literal: a text without its quotes, or a number. */
  readonly value: string | number;
}

/** An expression as a tree. Parentheses leave no trace but its shape. */
export type Expression =
  | { readonly type: "or"; readonly operands: readonly Expression[] }
  | { readonly type: "and"; readonly operands: readonly Expression[] }
  | { readonly type: "not"; readonly operand: Expression }
  | Comparison;

/**
 * How deep parentheses may be nested. The broker's limit is not known; that of a recursive parser on a JVM's
 * default stack is some thousands. What people write has three or four.
 */
export const MAX_NESTING = 256;

const OPERATORS = ["=", "!=", ":=", ">", ">=", "<", "<="];
const SUBJECTS = ["tag:<key>", "server:<property>"];

/** Parses an expression that is not blank. */
export function parseExpression(text: string): Expression {
  return new Parser(text).parse();
}

/** One method for each rule of the grammar, with one token of lookahead. */
class Parser {
  readonly #text: string;
  #next: Token;
  #nesting = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next = readToken(text, 0);
  }

  parse(): Expression {
    const expression = this.#alternatives();
    this.#take(["end"], ["AND", "OR", "the end of the expression"]);
    return expression;
  }

  #alternatives(): Expression {
    const operands = [this.#conjunction()];
    while (this.#accept("or")) operands.push(this.#conjunction());
    return operands.length === 1 ? operands[0]! : { type: "or", operands };
  }

  #conjunction(): Expression {
    const operands = [this.#operand()];
    while (this.#accept("and")) operands.push(this.#operand());
    return operands.length === 1 ? operands[0]! : { type: "and", operands };
  }

  #operand(): Expression {
    const not = this.#accept("not");
    if (!not) return this.#group() ?? this.#comparison(this.#subject(['"("', "NOT", ...SUBJECTS]));
    // The one place where NOT is a key rather than a negation: a comparison follows it.
    if (this.#next.kind === "operator") return this.#comparison(not);
    return { type: "not", operand: this.#group() ?? this.#comparison(this.#subject(['"("', ...SUBJECTS])) };
  }

  #group(): Expression | undefined {
    const open = this.#accept("(");
    if (!open) return undefined;
    if (++this.#nesting > MAX_NESTING) {
      throw this.#error(`Parentheses nested more than ${MAX_NESTING} deep`, open, []);
    }
    const expression = this.#alternatives();
    this.#take([")"], ["AND", "OR", '")"']);
    this.#nesting--;
    return expression;
  }

  /** A bare AND, OR or NOT may stand for a tag, as it did before tags had to be written `tag:key`. */
  #subject(expected: string[]): Token {
    return this.#take(["tag", "property", "and", "or", "not"], expected);
  }

  #comparison(subject: Token): Comparison {
    const operator = this.#take(["operator"], OPERATORS);
    const value = this.#take(["string", "number"], ["a number", "a text in single quotes"]);
    const path = subject.text.slice("server:".length);
    const known = subject.kind === "property" && isServerProperty(path);
    // AWS's validator does not look at the operator of a property that it knows.
    if (operator.text === ":=" && value.kind === "number" && !known) {
      throw this.#error("Unexpected CONTAINS operator", operator, OPERATORS.filter((op) => op !== ":="));
    }
    if (subject.kind === "property" && !known) {
      throw this.#error(`Server property ${shorten(subject.text)} not found`, subject, likeSpelled(path));
    }
    return {
      type: "comparison",
      subject: known ? { kind: "property", path } : { kind: "tag", key: subject.text.replace(/^tag:/, "") },
      operator: operator.text as ComparisonOperator,
      value: value.kind === "number" ? Number(value.text) : unquote(value.text),
    };
  }

  #take(kinds: TokenKind[], expected: string[]): Token {
    const token = this.#accept(...kinds);
    if (token) return token;
    throw this.#error(`Encountered ${describe(this.#next)}`, this.#next, expected);
  }

  #accept(...kinds: TokenKind[]): Token | undefined {
    const token = this.#next;
    if (!kinds.includes(token.kind)) return undefined;
    this.#next = readToken(this.#text, token.offset + token.text.length);
    return token;
  }

  #error(message: string, { offset, text: found }: Token, expected: readonly string[]): RequirementsError {
    return new RequirementsError({ message, text: this.#text, offset, found, expected });
  }
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll("''", "'");
}

function describe({ kind, text }: Token): string {
  if (kind === "end") return "the end of the expression";
  return JSON.stringify(shorten(text));
}

/** Keeps a message readable whatever was sent. */
function shorten(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64)}...` : text;
}

/** The property that was meant, if only its case is wrong: `EC2InstanceId` is the usual slip. */
function likeSpelled(path: string): string[] {
  return Object.keys(SERVER_PROPERTIES)
    .filter((known) => known.toLowerCase() === path.toLowerCase())
    .map((known) => `server:${known}`);
}

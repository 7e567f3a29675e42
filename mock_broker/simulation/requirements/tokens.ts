/**
 * The words of requirement expressions.
 *
 * @module
 */

export type TokenKind =
  | "("
  | ")"
  | "and"
  | "or"
  | "not"
  | "tag"
  | "property"
  | "operator"
  | "string"
  | "number"
  | "end"
  /** Text that no token begins with. No rule accepts it, so it is reported where it stands. */
  | "unknown";

export interface Token {
  kind: TokenKind;
  text: string;
  offset: number;
}

const NUMBER = /[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** The longest match wins in AWS's validator. Here no two patterns match at one place, so the order is free. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ["tag", /tag:(?:dcv:[A-Za-z0-9_-]+|[A-Za-z_][A-Za-z0-9_]*)/y],
  ["property", /server:[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*/y],
  ["operator", /[!:<>]=|[=<>]/y],
  ["string", /'[^']*(?:''[^']*)*'/y],
  ["number", NUMBER],
  ["and", /and/iy],
  ["or", /or/iy],
  ["not", /not/iy],
  ["(", /\(/y],
  [")", /\)/y],
];

const SKIPPED = /[ \t\r\n]*/y;
const UNKNOWN = /[^ \t\r\n]{1,32}/yu;

/** The token at or after `offset`, past white space. */
export function readToken(text: string, offset: number): Token {
  const start = offset + matchAt(SKIPPED, text, offset)!.length;
  if (start === text.length) return { kind: "end", text: "", offset: start };
  for (const [kind, pattern] of PATTERNS) {
    const found = matchAt(pattern, text, start);
    if (found !== undefined) return { kind, text: found, offset: start };
  }
  return { kind: "unknown", text: matchAt(UNKNOWN, text, start)!, offset: start };
}

/** The value of text that is wholly a number of the grammar, otherwise `undefined`. */
export function toNumber(text: string): number | undefined {
  return matchAt(NUMBER, text, 0) === text ? Number(text) : undefined;
}

function matchAt(sticky: RegExp, text: string, offset: number): string | undefined {
  sticky.lastIndex = offset;
  return sticky.exec(text)?.[0];
}

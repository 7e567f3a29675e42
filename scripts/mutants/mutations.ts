/**
 * Small wrong changes to a program, each of which some test should notice.
 *
 * @module
 */

import ts from "typescript";

/** One change of a text. */
export interface Mutation {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

const { SyntaxKind } = ts;

/** What an operator is changed to: a bound moved by one, a condition or a sign turned round. */
const OPERATORS: Partial<Record<ts.SyntaxKind, string>> = {
  [SyntaxKind.LessThanToken]: "<=",
  [SyntaxKind.LessThanEqualsToken]: "<",
  [SyntaxKind.GreaterThanToken]: ">=",
  [SyntaxKind.GreaterThanEqualsToken]: ">",
  [SyntaxKind.EqualsEqualsEqualsToken]: "!==",
  [SyntaxKind.ExclamationEqualsEqualsToken]: "===",
  [SyntaxKind.AmpersandAmpersandToken]: "||",
  [SyntaxKind.BarBarToken]: "&&",
  [SyntaxKind.QuestionQuestionToken]: "&&",
  [SyntaxKind.PlusToken]: "-",
  [SyntaxKind.MinusToken]: "+",
  [SyntaxKind.AsteriskToken]: "/",
  [SyntaxKind.SlashToken]: "*",
};

/** All changes of one operator, number, truth value, branch or statement. */
export function mutationsOf(source: string): Mutation[] {
  const file = ts.createSourceFile("mutated.ts", source, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const change = (node: ts.Node, replacement: string) =>
    found.push({ start: node.getStart(file), end: node.getEnd(), replacement });

  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = OPERATORS[node.operatorToken.kind];
      if (operator) change(node.operatorToken, operator);
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
      change(node, node.operand.getText(file));
    }
    if (ts.isNumericLiteral(node)) change(node, `(${node.getText(file)} + 1)`);
    if (node.kind === SyntaxKind.TrueKeyword) change(node, "false");
    if (node.kind === SyntaxKind.FalseKeyword) change(node, "true");
    if (ts.isIfStatement(node)) {
      change(node.expression, "true");
      change(node.expression, "false");
    }
    if (ts.isConditionalExpression(node)) {
      change(node, node.whenTrue.getText(file));
      change(node, node.whenFalse.getText(file));
    }
    if (ts.isExpressionStatement(node)) change(node, ";");
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

/** The text with one change. */
export function mutate(source: string, { start, end, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

/** Where a change is, and what it is. */
export function describe(source: string, { start, end, replacement }: Mutation): string {
  const line = source.slice(0, start).split("\n").length;
  return `${line}: ${source.slice(start, end).split("\n")[0]} -> ${replacement.split("\n")[0]}`;
}

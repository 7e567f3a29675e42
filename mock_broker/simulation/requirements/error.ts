/** What was wrong with an expression. */
export interface RequirementsProblem {
  /** What happened, in the broker's words where they are known. */
  message: string;
  /** The whole expression. */
  text: string;
  /** Where in `text` it happened, in UTF-16 code units from 0. */
  offset: number;
  /** The text that was found there, `""` at the end of the expression. */
  found: string;
  /** What would have been accepted there; empty if there is nothing to propose. */
  expected: readonly string[];
}

/** An expression that the grammar, or the list of server properties, does not allow. */
export class RequirementsError extends Error {
  /** Tells this error from others where classes cannot be compared. */
  override readonly name: string = "RequirementsError";
  /** Where in the expression it went wrong, in UTF-16 code units from 0. */
  readonly offset: number;
  /** The line of `offset`, from 1. */
  readonly line: number;
  /** The column of `offset` in its line, from 1; a tab counts as one. */
  readonly column: number;
  /** The text that was found there, `""` at the end of the expression. */
  readonly found: string;
  /** What would have been accepted there; empty if there is nothing to propose. */
  readonly expected: readonly string[];

  /** Works out the line and the column, and puts the whole into words. */
  constructor({ message, text, offset, found, expected }: RequirementsProblem) {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    const line = lines.length;
    const column = lines.at(-1)!.length + 1;
    super(`${message} at line ${line}, column ${column}${proposal(expected)}`);
    this.offset = offset;
    this.line = line;
    this.column = column;
    this.found = found;
    this.expected = expected;
  }
}

function proposal(expected: readonly string[]): string {
  if (expected.length === 0) return "";
  return `, expected ${expected.length > 1 ? "one of " : ""}${expected.join(", ")}`;
}

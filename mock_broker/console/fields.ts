/**
 * What was typed into a form.
 *
 * @module
 */

/** The fields of a form that was sent. Names in errors are those of the labels, more or less. */
export class Fields {
  readonly #values: URLSearchParams;

  constructor(values: URLSearchParams) {
    this.#values = values;
  }

  /** A text that may be missing. */
  optionalText(name: string): string | undefined {
    return this.#values.get(name)?.trim() || undefined;
  }

  /** A text that must not be missing. */
  text(name: string): string {
    const text = this.optionalText(name);
    if (text !== undefined) return text;
    throw new TypeError(`Field "${name}" must not be empty`);
  }

  /** A number that may be missing. */
  optionalNumber(name: string): number | undefined {
    const text = this.optionalText(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw new TypeError(`Field "${name}" must be a number: ${text}`);
  }

  /** A number that must not be missing. */
  number(name: string): number {
    this.text(name);
    return this.optionalNumber(name)!;
  }

  /** Whether a box is ticked. */
  isTicked(name: string): boolean {
    return this.#values.has(name);
  }

  /** Texts between commas. */
  list(name: string): string[] {
    return (this.#values.get(name) ?? "").split(",").map((item) => item.trim()).filter((item) => item !== "");
  }

  /** Names and values, a pair in each line. */
  pairs(name: string, separator: "=" | ":"): Record<string, string> {
    const lines = (this.#values.get(name) ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
    return Object.fromEntries(lines.map((line) => {
      const at = line.indexOf(separator);
      if (at > 0) return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      throw new TypeError(`Field "${name}" must hold lines like name${separator}value: ${line}`);
    }));
  }
}

/**
 * Fails where `deno doc` loses a default: `@default` has to stand on a line of its own, and words in braces that hold
 * no others. Takes the modules to look at.
 *
 * @module
 */

import { DENO } from "./run.ts";

const lost: string[] = [];
for (const module of Deno.args) {
  const { stdout, success } = await new Deno.Command(DENO, { args: ["doc", "--json", module] }).output();
  if (!success) throw new Error(`Cannot read the documentation of ${module}`);
  JSON.parse(new TextDecoder().decode(stdout), (_key, value) => {
    lost.push(...lostIn(value).map((text) => `${module}: ${text}`));
    return value;
  });
}
for (const text of new Set(lost)) console.error(text);
if (lost.length > 0) Deno.exit(1);

/** What of a documented thing is no default for `deno doc`, though it was meant as one. */
function lostIn(value: { doc?: unknown; kind?: unknown; value?: unknown } | null): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { doc, kind, value: text } = value;
  const inProse = typeof doc === "string" && doc.includes("@default") ? [doc] : [];
  const unread = kind === "unsupported" && String(text).startsWith("@default") ? [String(text)] : [];
  const cut = kind === "default" && isUnbalanced(String(text)) ? [`@default {${text}}`] : [];
  return [...inProse, ...unread, ...cut];
}

function isUnbalanced(text: string): boolean {
  return text.split("{").length !== text.split("}").length;
}

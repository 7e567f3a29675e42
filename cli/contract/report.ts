/**
 * Findings for people and for programs.
 *
 * @module
 */

import type { Redaction } from "./redaction.ts";
import type { Finding } from "./run_contract.ts";

/** What a report says of the broker, beside its findings. */
export interface Report {
  /** The version of this command. */
  readonly version: string;
  /** Whether nothing was sent that could change anything. */
  readonly isReadOnly: boolean;
  readonly findings: readonly Finding[];
}

/** A line for a terminal. */
export function findingLine({ outcome, confidence, behaviour, section }: Finding): string {
  return `${outcome.padEnd(13)} ${confidence.padEnd(11)} ${section}: ${behaviour}`;
}

/** How many rows came out how. */
export function summary(findings: readonly Finding[]): string {
  const count = (outcome: Finding["outcome"]) => findings.filter((each) => each.outcome === outcome).length;
  return `${count("same")} same, ${count("different")} different, ${count("not testable")} not testable`;
}

/** The same report without what belongs to the site. */
export function redacted(report: Report, redaction: Redaction): Report {
  const findings = report.findings.map((finding) =>
    finding.detail === undefined ? finding : { ...finding, detail: redaction.applyTo(finding.detail) }
  );
  return { ...report, findings };
}

/** The report for the issue form: what differs first, then what was confirmed. */
export function toMarkdown({ version, isReadOnly, findings }: Report): string {
  const rows = (outcome: Finding["outcome"]) => findings.filter((finding) => finding.outcome === outcome);
  return [
    "# What a broker does, compared with docs/fidelity.md",
    "",
    `dcvkit ${version}${isReadOnly ? ", read-only" : ""}: ${summary(findings)}.`,
    "",
    "## Different",
    "",
    ...listed(rows("different")),
    "## Same, though only guessed before",
    "",
    ...listed(rows("same").filter(({ confidence }) => confidence === "guessed")),
    "## Not testable",
    "",
    ...listed(rows("not testable").filter(({ detail }) => detail !== undefined)),
  ].join("\n");
}

function listed(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ["None.", ""];
  return [...findings.map(item), ""];
}

function item({ section, behaviour, confidence, detail }: Finding): string {
  const quoted = detail === undefined ? "" : `\n\n  \`\`\`text\n${indented(detail)}\n  \`\`\`\n`;
  return `- ${section}: ${behaviour} (${confidence})${quoted}`;
}

function indented(text: string): string {
  return text.trim().split("\n").map((line) => `  ${line}`.trimEnd()).join("\n");
}

/**
 * Findings for people and for programs.
 *
 * @module
 */

import type { Finding } from "./run_contract.ts";

/** Lines to read: what was found about each row, with what there is to say about it below. */
export function formatReport(findings: readonly Finding[]): string {
  const lines: string[] = [];
  let section = "";
  for (const finding of findings) {
    if (finding.section !== section) lines.push("", section = finding.section);
    lines.push(`  ${finding.outcome.padEnd(13)} ${finding.confidence.padEnd(11)} ${finding.behaviour}`);
    if (finding.detail !== undefined) lines.push(indented(finding.detail));
  }
  return [...lines, "", summary(findings)].join("\n");
}

function indented(text: string): string {
  return text.trim().split("\n").map((line) => `      ${line}`.trimEnd()).join("\n");
}

function summary(findings: readonly Finding[]): string {
  const count = (outcome: Finding["outcome"]) => findings.filter((each) => each.outcome === outcome).length;
  return `${count("same")} same, ${count("different")} different, ${count("not testable")} not testable`;
}

/**
 * Mutants that no test can notice, and why: `file: what was -> what became`.
 *
 * @module
 */

/** Why a mutant may live. */
export const HARMLESS: Record<string, string> = {
  ...of("mock_broker/simulation/placement.ts", {
    "an index and a look at each host find the same: it is only faster": [
      "32 -> (32 + 1)",
      "meeting ? meeting.has(host) : requirements.matches(host) -> requirements.matches(host)",
      "!named -> true",
      "<= -> <",
      "meeting && meeting.size <= FEW_HOSTS -> false",
      "hosts && hosts.size <= FEW_HOSTS -> false",
      'subject.kind === "tag" -> false',
      'subject.path === "Id" -> false',
      'subject.path === "Host.Aws.Ec2InstanceId" -> false',
    ],
    "of a comparison only the sign counts": ["1 -> (1 + 1)"],
    "no two hosts have the same id": ["< -> <="],
  }),
  "src/call/deadline.ts: 1 -> (1 + 1)": "a timer of 24 days may be a millisecond shorter",
  "mock_broker/connectors/client/page_token.ts: 1 -> (1 + 1)":
    "sequence numbers begin at 0: -2 is before all, too",
};

/** Mutants of a file, by why they may live. */
function of(file: string, reasons: Record<string, string[]>): Record<string, string> {
  const entries = Object.entries(reasons).flatMap(([reason, mutants]) =>
    mutants.map((mutant) => [`${file}: ${mutant}`, reason])
  );
  return Object.fromEntries(entries);
}

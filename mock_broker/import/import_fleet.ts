/**
 * Fleet files made of what a real broker answers.
 *
 * @module
 */

import { anonymized, LEFT_AS_IS } from "./anonymize.ts";
import { readAnswers } from "./answers.ts";
import { noteDifferences } from "./differences.ts";
import { draftOf } from "./draft.ts";
import { fleetText } from "./fleet_text.ts";
import { settle } from "./trial.ts";

/** How to import answers. */
export interface ImportOptions {
  /**
   * Whether names of people, hosts and sessions, addresses, ids and values of tags are replaced, one to one.
   *
   * @default {false}
   */
  anonymize?: boolean | undefined;
}

/**
 * Makes a fleet file of answers of DescribeServers and DescribeSessions: a mock broker that serves it shows the same.
 * What it cannot show the same stands in the file as a comment.
 *
 * @example A fleet like the real one
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 * import { parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
 * import { importFleet } from "@dcvkit/mock-broker/import";
 *
 * const answer = { Servers: [{ Id: "s-1", Hostname: "gpu-01", Ip: "10.1.2.3", Availability: "AVAILABLE" }] };
 * const text = importFleet([answer]);
 * const broker = new MockBroker(parseFleetFile(text));
 * console.log(broker.hosts.list().items.map(({ hostname }) => hostname)); // ["gpu-01"]
 * ```
 *
 * @param answers Answers, pages of them, lists of servers or sessions, or JSON texts of these. Names may be in
 * snake_case, as `dcvsm` prints them.
 * @returns The text of the file, YAML.
 * @throws {TypeError} If something is no such answer, naming it.
 */
export function importFleet(answers: readonly unknown[], options: ImportOptions = {}): string {
  const read = readAnswers(answers);
  const told = options.anonymize ? anonymized(read) : read;
  const draft = draftOf(told);
  const added = noteDifferences(draft, settle(draft));
  const heading = ["Made of a broker's answers by dcv-mock-broker."];
  if (options.anonymize) {
    heading.push(
      "Names of people, hosts and sessions, addresses, paths, ids and values of tags are replaced.",
    );
    heading.push(...LEFT_AS_IS.map((left) => `Left as they were: ${left}.`));
  }
  if (!told.tellSessions && draft.sessions.length > 0) {
    heading.push("The answers only count sessions: those below stand in for them.");
  }
  if (told.dropped.length > 0) heading.push(`Fields without a place here: ${told.dropped.join(", ")}.`);
  if (added.size > 0) heading.push(`Shown as well, by default: ${[...added].join(", ")}.`);
  return fleetText(draft, heading);
}

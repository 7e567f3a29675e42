/**
 * `dcvkit contract`: finds out which of our guesses about the broker are wrong.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { MockBroker } from "@dcvkit/mock-broker";
import { type BrokerOptions, BrokerUnderTest, SESSION_NAME } from "../contract/broker_under_test.ts";
import { FIDELITY_ROWS } from "../contract/fidelity_rows.ts";
import { learningFetch, Redaction } from "../contract/redaction.ts";
import { findingLine, redacted, type Report, summary, toMarkdown } from "../contract/report.ts";
import { runContract } from "../contract/run_contract.ts";
import { CommandError, EXIT } from "../exit_codes.ts";
import { confirm, print, printNote } from "../output/terminal.ts";
import { fetchFor } from "../settings/client.ts";
import { type GlobalOptions, readSettings } from "../settings/settings.ts";
import { VERSION } from "../version.ts";
import type { AddCommand } from "./context.ts";

/** `dcvkit contract`. */
export const addContract: AddCommand = (program, signal) => {
  program.command("contract")
    .description("compare what a broker does with what docs/fidelity.md says, row by row")
    .option("--owner <name>", "a user that the hosts know, in whose name sessions are created")
    .option("--host <name>", "the host to create sessions on (default: any)")
    .option("--read-only", "change nothing: in seconds, and fewer rows")
    .option("--mock", "ask a mock broker rather than a real one")
    .option("--explain", "ask nobody: show which guesses are open, and what a run could settle")
    .option("--report <name>", "write NAME.json and NAME.md, without names, addresses and tokens")
    .option("--yes", "do not ask")
    .action(async (options, command) => {
      if (options.explain) return await explain();
      const redaction = new Redaction();
      const broker = await brokerOptions(options, command.optsWithGlobals() as GlobalOptions, redaction);
      if (!options.mock && !options.readOnly && !options.yes && !await isAgreed(broker, signal)) {
        throw new CommandError(EXIT.usage, "Nobody was asked: answer y, or pass --yes or --read-only");
      }
      // Who stops it does not wait for a session that takes minutes.
      const asked = new BrokerUnderTest({ ...broker, signal });
      const leftovers = await asked.deleteLeftovers();
      if (leftovers > 0) printNote(`Deleted ${leftovers} sessions that an aborted run had left`);
      const findings = await runContract(asked, FIDELITY_ROWS, {
        signal,
        onFinding: (finding) => print(findingLine(finding)),
      });
      if (signal.aborted) return printNote("Stopped; every session that was created is deleted");
      print(`\n${summary(findings)}`);
      const report = redacted(
        { version: VERSION, isReadOnly: options.readOnly ?? false, findings },
        redaction,
      );
      for (const { behaviour, detail } of report.findings.filter(({ outcome }) => outcome === "different")) {
        print(`\n${behaviour}\n${detail}`);
      }
      if (options.report !== undefined) await writeReport(options.report, report);
    });
};

interface ContractOptions {
  readonly owner?: string | undefined;
  readonly host?: string | undefined;
  readonly readOnly?: true | undefined;
  readonly mock?: true | undefined;
}

async function brokerOptions(
  options: ContractOptions,
  globals: GlobalOptions,
  redaction: Redaction,
): Promise<BrokerOptions> {
  const { owner, host, readOnly: isReadOnly } = options;
  if (options.mock) return { ...mockOptions(redaction), isReadOnly };
  const settings = await readSettings(globals);
  const { brokerUrl, credentials, tokenUrl } = settings;
  if (owner === undefined && !isReadOnly) {
    throw new CommandError(
      EXIT.parameter,
      "Say in whose name sessions are created: --owner NAME; or pass --read-only",
    );
  }
  redaction.learn(brokerUrl, new URL(brokerUrl).hostname, owner, host);
  const fetch = (await fetchFor(settings) ?? globalThis.fetch) as typeof globalThis.fetch;
  return {
    url: brokerUrl.replace(/\/+$/, ""),
    ...(credentials && "clientId" in credentials
      ? { credentials }
      : { accessToken: credentials?.accessToken }),
    tokenUrl,
    fetch: learningFetch(fetch, redaction),
    owner: owner ?? "nobody",
    host,
    isReadOnly,
  };
}

function mockOptions(redaction: Redaction): BrokerOptions {
  const { url, credentials, fetch } = new MockBroker({ clock: { speed: 100 } });
  return { url, credentials, fetch: learningFetch(fetch, redaction), owner: "ana", wait: { minDelay: 20 } };
}

/** Says what will happen before it does. */
async function isAgreed({ url, owner, host }: BrokerOptions, signal: AbortSignal): Promise<boolean> {
  printNote(
    `This asks ${url} some hundred questions. It creates about twenty sessions named "${SESSION_NAME}", one at a ` +
      `time, for ${owner} on ${
        host ?? "any host that is free"
      }, and deletes each of them again. It opens and closes ` +
      "no server, and touches no session of anybody else.",
  );
  return await confirm("Go ahead?", signal);
}

async function writeReport(name: string, report: Report): Promise<void> {
  await writeFile(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(`${name}.md`, toMarkdown(report));
  printNote(`Wrote ${name}.json and ${name}.md. What differs is news: please tell it in an issue.`);
}

/** What a mock can be asked about, a real broker can too. */
async function explain(): Promise<void> {
  const guesses = FIDELITY_ROWS.filter(({ confidence }) => confidence === "guessed");
  const settledBy = async (isReadOnly: boolean) => {
    const asked = new BrokerUnderTest({ ...mockOptions(new Redaction()), isReadOnly });
    const findings = await runContract(asked, guesses);
    return new Set(
      findings.filter(({ outcome }) => outcome !== "not testable").map(({ behaviour }) => behaviour),
    );
  };
  const [byReading, byAll] = [await settledBy(true), await settledBy(false)];
  print(`${guesses.length} rows of docs/fidelity.md are guesses:\n`);
  for (const { section, behaviour } of guesses) {
    const how = byReading.has(behaviour)
      ? "--read-only"
      : byAll.has(behaviour)
      ? "a whole run"
      : "nobody outside";
    print(`${how.padEnd(15)} ${section}: ${behaviour}`);
  }
  print(`\nA run with --read-only can settle ${byReading.size} of them, a whole run ${byAll.size}.`);
}

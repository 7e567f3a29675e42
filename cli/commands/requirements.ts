/**
 * `dcvkit requirements check`: what an expression means, and which servers it fits.
 *
 * @module
 */

import {
  type Expression,
  parseRequirements,
  RequirementsError,
  type RequirementsHost,
} from "@dcvkit/mock-broker/requirements";
import type { Server } from "@dcvkit/session-manager";
import { CommandError, EXIT } from "../exit_codes.ts";
import { table } from "../output/table.ts";
import { print, printNote, printStyled, terminalColumns } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";

/** `dcvkit requirements check EXPRESSION`. */
export const addRequirements: AddCommand = (program, signal) => {
  program.command("requirements")
    .description("work with requirement expressions")
    .command("check")
    .description("explain an expression, and show which servers meet it")
    .argument("<expression>", "for example tag:gpu = 'yes' and server:Host.CpuInfo.NumberOfCpus >= 4")
    .option("--parse-only", "ask no broker")
    .action(async (text, options, command) => {
      const { expression, matches } = parsed(text);
      print(expression === null ? "No requirement: every server meets it" : explained(expression).join("\n"));
      if (options.parseOnly) return;
      const { client } = await contextOf(command);
      const servers: Server[] = [];
      for await (const server of client.listServers({}, { signal })) servers.push(server);
      const fitting = servers.filter((server) => matches(asHost(server)));
      print(`\n${fitting.length} of ${servers.length} servers meet it`);
      if (fitting.length > 0) printStyled(table(fitting, COLUMNS, { width: terminalColumns() }));
      if (servers.length > 0 && fitting.length === 0) printNote("A creation with it is refused or queued");
    });
};

const COLUMNS = [
  { heading: "HOST", value: ({ Hostname }: Server) => Hostname },
  { heading: "AVAILABILITY", value: ({ Availability }: Server) => Availability },
  { heading: "ID", value: ({ Id }: Server) => Id },
];

/** The error shows where in the expression it lies. */
function parsed(text: string): ReturnType<typeof parseRequirements> {
  try {
    return parseRequirements(text);
  } catch (error) {
    if (!(error instanceof RequirementsError)) throw error;
    const line = text.split(/\r\n|\r|\n/)[error.line - 1] ?? "";
    throw new CommandError(EXIT.parameter, `${error.message}\n  ${line}\n  ${" ".repeat(error.column - 1)}^`);
  }
}

/** The expression as a tree of lines, each term in words. */
function explained(expression: Expression, depth: number = 0): string[] {
  const indent = "  ".repeat(depth);
  switch (expression.type) {
    case "and":
      return [`${indent}all of`, ...expression.operands.flatMap((operand) => explained(operand, depth + 1))];
    case "or":
      return [`${indent}any of`, ...expression.operands.flatMap((operand) => explained(operand, depth + 1))];
    case "not":
      return [`${indent}not`, ...explained(expression.operand, depth + 1)];
    case "comparison": {
      const { subject, operator, value } = expression;
      const what = subject.kind === "tag" ? `the tag "${subject.key}"` : `the server's ${subject.path}`;
      return [`${indent}${what} ${WORDS[operator]} ${JSON.stringify(value)}`];
    }
  }
}

const WORDS = {
  "=": "is",
  "!=": "is not",
  ":=": "contains",
  ">": "is more than",
  ">=": "is at least",
  "<": "is less than",
  "<=": "is at most",
} as const;

/** A server as the broker describes it, for the expression to look at. */
function asHost(server: Server): RequirementsHost {
  return {
    tag: (key) => server.Tags?.find(({ Key }) => Key === key)?.Value,
    property: (path) => valueAt(server, path),
  };
}

/** Expressions write `Ec2` where the JSON says `EC2`. */
function valueAt(server: Server, path: string): string | number | undefined {
  let value: unknown = server;
  for (const name of path.split(".")) {
    value = (value as Record<string, unknown> | undefined)?.[name.replace(/^Ec2/, "EC2")];
  }
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

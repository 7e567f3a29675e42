/**
 * How the command ends: with the exit codes of AWS's own `dcvsm` (Session Manager CLI guide, "Return codes").
 *
 * @module
 */

import { CommanderError } from "commander";
import { SessionManagerError } from "@dcvkit/session-manager";

/** Exit codes by what they say. */
export const EXIT = {
  /** All went well. */
  ok: 0,
  /** The configuration file is missing or cannot be read. */
  configurationFile: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** Ended by Ctrl-C. */
  interrupted: 130,
  /** Ended by the signal `SIGTERM`, as shells say it. */
  terminated: 143,
  /** A parameter has a value that cannot be. */
  parameter: 252,
  /** Settings or credentials are missing or wrong. */
  environment: 253,
  /** The broker answered with an error. */
  service: 254,
  /** Anything else, such as a broker that is not reached. */
  other: 255,
} as const;

/** An error that knows how the command is to end. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  /** One of {@linkcode EXIT}. */
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The exit code for whatever a command threw. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof SessionManagerError) {
    if (error.code === "AUTHENTICATION_FAILED") return EXIT.environment;
    return error.status === undefined && !isOfItems(error) ? EXIT.other : EXIT.service;
  }
  // The client refuses bad input with a TypeError before anything is sent.
  return error instanceof TypeError ? EXIT.parameter : EXIT.other;
}

/** What the broker says of the items of a batch comes with status 200. */
function isOfItems(error: SessionManagerError): boolean {
  return error.name === "BatchError";
}

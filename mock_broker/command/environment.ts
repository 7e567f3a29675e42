/**
 * Options that stand in the environment, as containers and CI services set them: each has a variable.
 *
 * @module
 */

import process from "node:process";
import type { Command, Option } from "@commander-js/extra-typings";
import { nearName } from "../description/near_name.ts";

const PREFIX = "DCV_MOCK_";

/** What ends the command at once is no setting. */
const NO_SETTING = "--version";

/** Lets each option that is added from now on take what the environment says of it. An empty variable says nothing. */
export function takeEnvironment(command: Command): Command {
  const addOption = command.addOption.bind(command) as (option: Option) => Command;
  command.addOption = ((option: Option) => {
    const variable = variableOf(option);
    const text = valueOf(variable);
    const isSetting = text !== "" && option.long !== NO_SETTING;
    if (isSetting && (!isFlag(option) || isOn(variable, text))) option.env(variable);
    return addOption(option);
  }) as typeof command.addOption;
  return command;
}

/** What somebody may have meant who set a variable that no option has. Other programs may have some of this prefix. */
export function misspelledVariables({ options }: { readonly options: readonly Option[] }): string[] {
  const known = options.map((option) => variableOf(option).slice(PREFIX.length));
  return variables().filter((name) => name.startsWith(PREFIX)).flatMap((name) => {
    const rest = name.slice(PREFIX.length);
    const meant = known.includes(rest) ? undefined : nearName(rest, known);
    return meant === undefined
      ? []
      : [`No option has the variable ${name} of the environment: ${PREFIX}${meant}?`];
  });
}

/** `--agent-port` is DCV_MOCK_AGENT_PORT. */
function variableOf({ long = "" }: Option): string {
  return PREFIX + long.slice(2).toUpperCase().replaceAll("-", "_");
}

/** Deno lets a program see the variables that it was permitted, and throws for others. */
function valueOf(variable: string): string {
  try {
    return process.env[variable] ?? "";
  } catch {
    return "";
  }
}

function variables(): string[] {
  try {
    return Object.keys(process.env);
  } catch {
    return [];
  }
}

function isFlag({ required, optional }: Option): boolean {
  return !required && !optional;
}

function isOn(variable: string, text: string): boolean {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  if (/^(false|no|off|0)$/i.test(text)) return false;
  throw new TypeError(`The variable ${variable} of the environment must be true or false: ${text}`);
}

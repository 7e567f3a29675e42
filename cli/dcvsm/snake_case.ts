/**
 * Answers as `dcvsm` prints them: in snake_case.
 *
 * @module
 */

import { snakeCase } from "change-case";

/** The same value with the names of all members in snake_case, as Python programs show them. */
export function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [snakeName(name), snakeCased(member)]),
  );
}

/** `EC2InstanceId` is `ec2_instance_id`: a digit belongs to the word before it. */
function snakeName(name: string): string {
  return snakeCase(name.replace("EC2", "Ec2"));
}

/**
 * Schemas of fleet files.
 *
 * @module
 */

import { z } from "zod";
import { flag, list, object } from "../../description/rules.ts";
import { named } from "./registry.ts";

export const ImportRequest = named(
  "ImportRequest",
  "Answers to make a fleet file of",
  object({
    answers: list(z.unknown()).describe(
      "Answers of DescribeServers and DescribeSessions, lists of servers or sessions, or JSON texts of these",
    ),
    anonymize: flag().optional().describe(
      "Whether names, addresses, ids and values of tags are replaced (default false)",
    ),
  }),
);

export const FleetFileText = named(
  "FleetFileText",
  "A fleet file as YAML",
  z.object({ fleetFile: z.string() }),
);

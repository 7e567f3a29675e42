/**
 * Schemas of fleet files.
 *
 * @module
 */

import * as z from "zod";
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

export const FleetFile = named(
  "FleetFile",
  "A fleet file as JSON, as fleet_file.schema.json has it",
  z.record(z.string(), z.unknown()),
);

export const Reconfiguration = named(
  "Reconfiguration",
  "What became of a changed fleet file",
  z.object({
    changes: z.array(z.string()).describe("What has changed in the world"),
    afterReset: z.array(z.string()).describe("What changes with the next reset only"),
    fixed: z.array(z.string()).describe("What stays as it was when the broker was made"),
  }),
);

/**
 * Every command, in the order of the help.
 *
 * @module
 */

import { addDcvsmCommands } from "../dcvsm/commands.ts";
import { addContract } from "./contract.ts";
import { addConnect } from "./connect.ts";
import type { AddCommand } from "./context.ts";
import { addCreate } from "./create.ts";
import { addDelete } from "./delete.ts";
import { addDoctor } from "./doctor.ts";
import { addDrain } from "./drain.ts";
import { addExport } from "./export.ts";
import { addClose, addOpen } from "./open_close.ts";
import { addRequirements } from "./requirements.ts";
import { addScreenshot } from "./screenshot.ts";
import { addServers } from "./servers.ts";
import { addSession, addSessions } from "./sessions.ts";
import { addShare } from "./share.ts";
import { addSweep } from "./sweep.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addSessions,
  addSession,
  addServers,
  addCreate,
  addConnect,
  addShare,
  addDelete,
  addScreenshot,
  addOpen,
  addClose,
  addDrain,
  addSweep,
  addRequirements,
  addDoctor,
  addExport,
  addContract,
  addDcvsmCommands,
];

/**
 * `dcvkit share`: who else may come into a session.
 *
 * @module
 */

import { allSuccessful } from "@dcvkit/session-manager";
import {
  encodePermissions,
  type PermissionFeature,
  shareWith,
  unknownFeatures,
  VIEW_FEATURES,
} from "@dcvkit/session-manager/permissions";
import { CommandError, EXIT } from "../exit_codes.ts";
import { printNote } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { permissionsOf } from "./create.ts";
import { commaSeparated } from "./option_values.ts";
import { findSession } from "./sessions.ts";

/** What a guest needs to work rather than watch. */
const WORK_FEATURES: readonly PermissionFeature[] = [...VIEW_FEATURES, "keyboard", "mouse"];

/** `dcvkit share ID`. */
export const addShare: AddCommand = (program, signal) => {
  program.command("share")
    .description("replace the permissions of a session")
    .argument("<id>", "the session's id")
    .option("--view <users>", "users who may watch, with commas in between", commaSeparated)
    .option("--control <users>", "users who may also type and use the mouse", commaSeparated)
    .option("--features <features>", "what the users of --control may do instead", commaSeparated)
    .option("--permissions <file>", "a permissions file rather than users")
    .option("--none", "share with nobody any more")
    .action(async (id, options, command) => {
      const { client } = await contextOf(command);
      const PermissionsFile = await permissionsFor(options);
      const { Owner } = await findSession(client, id, signal);
      const answer = await client.updateSessionPermissions([{ SessionId: id, Owner, PermissionsFile }], {
        signal,
      });
      allSuccessful(answer, "updateSessionPermissions");
      printNote(`Replaced the permissions of session ${id} of ${Owner}`);
    });
};

/** The options that say with whom to share what. */
interface ShareOptions {
  readonly view?: string[] | undefined;
  readonly control?: string[] | undefined;
  readonly features?: string[] | undefined;
  readonly permissions?: string | undefined;
  readonly none?: true | undefined;
}

async function permissionsFor(options: ShareOptions): Promise<string> {
  const { view = [], control = [], features = WORK_FEATURES, permissions, none } = options;
  if (permissions !== undefined) return await permissionsOf(permissions);
  if (view.length + control.length === 0 && !none) {
    throw new CommandError(
      EXIT.usage,
      "Say with whom: --view bob, --control eve, --permissions FILE, or --none",
    );
  }
  const shared = shareWith({
    ...Object.fromEntries(view.map((user) => [user, VIEW_FEATURES])),
    ...Object.fromEntries(control.map((user) => [user, features])),
  });
  const unknown = unknownFeatures(shared);
  if (unknown.length > 0) printNote(`The DCV administrator guide does not list ${unknown.join(", ")}`);
  return encodePermissions(shared);
}

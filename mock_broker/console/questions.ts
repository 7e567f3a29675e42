/**
 * What the page asks before something is lost.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";
import type { Means } from "./actions.ts";
import type { Fields } from "./fields.ts";
import { askBeforeSendingAgain } from "./journal/sending_again.ts";
import { count, type Question } from "./view.ts";
import { questionAbout, readWorldFile } from "./world_files.ts";

/** A question about a form; none where nothing is lost. Wrong input is a `TypeError`, as in the action itself. */
type Ask = (broker: BrokerControl, fields: Fields, means: Means) => Question | undefined | Promise<Question>;

/** The questions by the names of the actions that they come before. */
export const QUESTIONS: ReadonlyMap<string, Ask> = new Map<string, Ask>(Object.entries<Ask>({
  reset: (broker) => ({
    title: "Reset the broker?",
    text: `It goes back to its beginning: ${
      count(broker.state().counts.sessions, "session")
    } as they are now, faults and access tokens are lost. Undo brings the world back, but not the journal.`,
    yes: "Reset",
  }),
  restart: () => ({
    title: "Restart the broker?",
    text:
      "Access tokens and records of the broker are lost, as when a real one restarts without persistence.",
    yes: "Restart",
  }),
  revokeTokens: () => ({
    title: "Revoke all tokens?",
    text: "Each program that calls the broker is refused until it asks for a new access token.",
    yes: "Revoke",
  }),
  clearJournal: ({ journal }) => ({
    title: "Clear the journal?",
    text: `${count(journal.size, "entry", "entries")} will be gone. This cannot be undone.`,
    yes: "Clear",
  }),
  sendAgain: askBeforeSendingAgain,
  terminateHost(broker, fields) {
    const { hostname, sessions } = broker.hosts.get(fields.text("host"));
    return {
      title: `Terminate ${hostname}?`,
      text: `The host is gone for good, and ${count(sessions.length, "session")} with it.`,
      yes: "Terminate",
    };
  },
  rebootHost(broker, fields) {
    const { hostname, sessions } = broker.hosts.get(fields.text("host"));
    return {
      title: `Reboot ${hostname}?`,
      text: `It is down for 45 seconds, and ${count(sessions.length, "session")} will be lost.`,
      yes: "Reboot",
    };
  },
  deleteSession({ sessions }, fields) {
    const { id, name, owner, connections } = sessions.get(fields.text("session"));
    return {
      title: `Delete ${name || id}?`,
      text: `The desktop of ${owner} ends, with ${count(connections.length, "user")} connected.`,
      yes: "Delete",
      fields: [["session", id], ...connections.length > 0 ? [["force", "yes"] as const] : []],
    };
  },
  async loadWorld(broker, fields, { files }) {
    const file = await readWorldFile(fields.text("file name"), fields.text("file"));
    return { ...questionAbout(broker, file), does: "replaceWorld", fields: [["file", files.keep(file)]] };
  },
  removeWorld: (_broker, fields) => ({
    title: `Remove the world ${fields.text("name")}?`,
    text: "Its hosts, sessions and journal are gone for good. This cannot be undone.",
    yes: "Remove",
  }),
  preset: (_broker, fields) => SCENARIOS.get(fields.text("preset")),
}));

/** The scenarios in which something is lost. */
const SCENARIOS: ReadonlyMap<string, Question> = new Map([
  ["brokerRestart", {
    title: "Restart the broker?",
    text:
      "Its connections break for 20 seconds, and access tokens and records that it does not persist are lost.",
    yes: "Restart",
  }],
  ["justBooted", {
    title: "Let all hosts boot?",
    text: "Every session is lost, and hosts are listed again as their agents report.",
    yes: "Boot",
  }],
]);

/**
 * What the forms of the page do.
 *
 * @module
 */

import type { FaultPreset } from "../control/fault_presets.ts";
import type { BrokerControl } from "../control/broker_control.ts";
import type { OsFamily } from "../simulation/host_description.ts";
import type { SessionType } from "../simulation/session_states.ts";
import { sendAgain } from "./journal/sending_again.ts";
import { faultRuleOf } from "./fault_form.ts";
import type { Fields } from "./fields.ts";
import type { BrokerCalls } from "./broker_calls.ts";
import type { Undo } from "./undo.ts";
import { type PendingFile, readWorldFile, takeOver } from "./world_files.ts";

/** What actions need beside the broker. */
export interface Means {
  readonly undo: Undo;
  readonly files: PendingFile;
  /** Calls to the broker's own API. */
  readonly calls: BrokerCalls;
}

/** Something that a form does. What is asked before, where something is lost, stands in `questions.ts`. */
export interface Action {
  /** @throws {TypeError} If what was typed is wrong. */
  act(broker: BrokerControl, fields: Fields, means: Means): unknown;
  /** What is said then. */
  readonly done: string;
  /** Whether the world is kept as it was before, to go back to. */
  readonly isUndoable?: boolean | ((broker: BrokerControl, fields: Fields) => boolean);
  /** The path of the view that shows what came of it; else it is the one that the form was in. */
  leadsTo?(result: unknown): string;
}

/** The actions by name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  advance: {
    act: ({ clock }, fields) => clock.advance(fields.number("seconds") * 1_000),
    done: "Time has passed",
  },
  nextEvent: {
    act(broker) {
      const [next] = broker.upcoming({ limit: 1 }).events;
      if (!next) throw new TypeError("Nothing is due");
      broker.advance(Math.max(0, Date.parse(next.time) - broker.clock.now.getTime()));
    },
    done: "Time has passed until the next event",
  },
  setSpeed: {
    act: ({ clock }, fields) => clock.setSpeed(fields.number("speed")),
    done: "The clock has its new speed",
  },
  freeze: { act: ({ clock }) => clock.freeze(), done: "The clock is frozen" },
  unfreeze: { act: ({ clock }) => clock.unfreeze(), done: "The clock runs" },

  undo: {
    act: (_broker, fields, { undo }) => undo.undo(fields.text("change")),
    done: "Undone: the world is as it was before",
  },
  reset: {
    act: (broker) => broker.reset(),
    done: "The broker is back at its beginning",
    isUndoable: true,
  },
  restart: {
    act: (broker) => broker.restart(),
    done: "The broker has restarted",
    isUndoable: true,
  },
  revokeTokens: {
    act: (broker) => broker.revokeTokens(),
    done: "Every access token is void",
    isUndoable: true,
  },
  clearJournal: {
    act: ({ journal }) => journal.clear(),
    done: "The journal is empty",
  },

  sendAgain,

  addHost: { act: ({ hosts }, fields) => hosts.add(hostOptionsOf(fields)), done: "The host was added" },
  terminateHost: {
    act: ({ hosts }, fields) => hosts.terminate(fields.text("host")),
    done: "The host has ended; the broker only notices that its agent is silent",
    isUndoable: true,
  },
  rebootHost: {
    act: ({ hosts }, fields) => hosts.reboot(fields.text("host")),
    done: "The host restarts",
    isUndoable: true,
  },
  loseAgent: {
    act: ({ hosts }, fields) => hosts.loseAgent(fields.text("host")),
    done: "The agent is cut off; the broker notices in a while",
  },
  restoreAgent: {
    act: ({ hosts }, fields) => hosts.restoreAgent(fields.text("host")),
    done: "The agent is back; the broker hears from it in a while",
  },
  stopDcv: {
    act: ({ hosts }, fields) => hosts.setDcvHealth(fields.text("host"), false),
    done: "The DCV server is down",
  },
  startDcv: {
    act: ({ hosts }, fields) => hosts.setDcvHealth(fields.text("host"), true),
    done: "The DCV server is up",
  },
  openHost: {
    act: ({ hosts }, fields) => hosts.setOpen(fields.text("host"), true),
    done: "The host is open for placement",
  },
  closeHost: {
    act: ({ hosts }, fields) => hosts.setOpen(fields.text("host"), false),
    done: "The host is closed for placement",
  },
  setLoggedInUsers: {
    act: ({ hosts }, fields) => hosts.setLoggedInUsers(fields.text("host"), fields.list("users")),
    done: "Others are logged in now",
  },

  requestSession: {
    act: (_broker, fields, { calls }) =>
      calls.createSession({
        Name: fields.text("name"),
        Owner: fields.text("owner"),
        Type: fields.text("type") as SessionType,
        Requirements: fields.optionalText("requirements"),
        EnqueueRequest: fields.isTicked("enqueue"),
      }),
    done: "The broker creates the session",
  },
  deleteSession: {
    act({ sessions }, fields, { calls }) {
      const { id, owner } = sessions.get(fields.text("session"));
      return calls.deleteSession({ SessionId: id, Owner: owner, Force: fields.isTicked("force") });
    },
    done: "The broker deletes the session",
    isUndoable: true,
  },

  loadWorld: {
    act: async (broker, fields) =>
      takeOver(broker, await readWorldFile(fields.text("file name"), fields.text("file"))),
    done: "The file was loaded",
    isUndoable: true,
  },
  replaceWorld: {
    act: (broker, fields, { files }) => takeOver(broker, files.take(fields.text("file"))),
    done: "The file was loaded",
    isUndoable: true,
  },
  forkWorld: {
    act({ worlds, options }, fields) {
      const name = fields.text("name");
      if (!options.worlds) throw new TypeError("Start the broker with the option worlds to make some");
      if (worlds.list().includes(name)) throw new TypeError(`There is a world "${name}" already`);
      worlds.make(name, { copyOf: "" });
    },
    done: "The world was copied",
  },
  removeWorld: {
    act: ({ worlds }, fields) => worlds.remove(fields.text("name")),
    done: "The world is gone",
  },

  createSession: {
    act: ({ sessions }, fields) =>
      sessions.createOnHost(fields.text("host"), {
        owner: fields.text("owner"),
        name: fields.optionalText("name"),
        type: fields.optionalText("type") as SessionType | undefined,
      }),
    done: "The session was created",
  },
  connect: {
    act: ({ sessions }, fields) => sessions.connect(fields.text("session"), fields.text("user")),
    done: "The user is connected",
  },
  disconnect: {
    act: ({ sessions }, fields) => sessions.disconnect(fields.text("session"), fields.text("user")),
    done: "The user is disconnected",
  },

  addFault: { act: ({ faults }, fields) => faults.add(faultRuleOf(fields)), done: "The fault is in force" },
  removeFault: {
    act: ({ faults }, fields) => faults.remove(fields.text("fault")),
    done: "The fault is gone",
    isUndoable: true,
  },
  clearFaults: {
    act: ({ faults }) => faults.clear(),
    done: "No fault is in force",
    isUndoable: true,
  },
  preset: {
    act: ({ faults }, fields) => faults.preset(fields.text("preset") as FaultPreset),
    done: "The scenario is on",
    isUndoable: true,
  },
};

function hostOptionsOf(fields: Fields) {
  return {
    hostname: fields.optionalText("hostname"),
    os: fields.optionalText("os") as OsFamily | undefined,
    maxVirtualSessions: fields.optionalNumber("maxVirtualSessions"),
    tags: fields.pairs("tags", "="),
  };
}

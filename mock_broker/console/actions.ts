/**
 * What the forms of the page do.
 *
 * @module
 */

import type { FaultPreset } from "../control/fault_presets.ts";
import type { BrokerControl } from "../control/broker_control.ts";
import type { OsFamily } from "../simulation/host_description.ts";
import type { SessionType } from "../simulation/session_states.ts";
import { faultRuleOf } from "./fault_form.ts";
import type { Fields } from "./fields.ts";

/** Something that a form does. */
export interface Action {
  /** @throws {TypeError} If what was typed is wrong. */
  act(broker: BrokerControl, fields: Fields): unknown;
  /** What is said then. */
  readonly done: string;
}

/** The actions by name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  advance: {
    act: ({ clock }, fields) => clock.advance(fields.number("seconds") * 1_000),
    done: "Time has passed",
  },
  setSpeed: {
    act: ({ clock }, fields) => clock.setSpeed(fields.number("speed")),
    done: "The clock has its new speed",
  },
  freeze: { act: ({ clock }) => clock.freeze(), done: "The clock stands" },
  unfreeze: { act: ({ clock }) => clock.unfreeze(), done: "The clock runs" },

  reset: { act: (broker) => broker.reset(), done: "The broker is back at its beginning" },
  restart: { act: (broker) => broker.restart(), done: "The broker has restarted" },
  revokeTokens: { act: (broker) => broker.revokeTokens(), done: "Every access token is void" },
  clearJournal: { act: ({ journal }) => journal.clear(), done: "The journal is empty" },

  addHost: { act: ({ hosts }, fields) => hosts.add(hostOptionsOf(fields)), done: "The host was added" },
  terminateHost: {
    act: ({ hosts }, fields) => hosts.terminate(fields.text("host")),
    done: "The host has ended; the broker only notices that its agent is silent",
  },
  rebootHost: { act: ({ hosts }, fields) => hosts.reboot(fields.text("host")), done: "The host restarts" },
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
  },
  clearFaults: { act: ({ faults }) => faults.clear(), done: "No fault is in force" },
  preset: {
    act: ({ faults }, fields) => faults.preset(fields.text("preset") as FaultPreset),
    done: "It has happened",
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

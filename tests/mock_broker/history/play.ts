/**
 * Plays a history: each step is done to the broker and told to the model, and what they say is compared.
 */

import { assert } from "@std/assert";
import { show } from "./broker_calls.ts";
import type { FleetModel } from "./fleet_model.ts";
import { stepOnHost } from "./host_steps.ts";
import { longestCreation, NOTICE } from "./rules.ts";
import { createSessions, stepOnSession } from "./session_steps.ts";
import { addHost, restart, setStage, type Stage, wait } from "./stage.ts";
import type { History, Step } from "./steps.ts";

/**
 * Plays a history to its end, and on until everything has settled.
 *
 * @param mislead Puts the model in the wrong before each comparison, to see whether that is noticed.
 */
export async function play(history: History, mislead: (model: FleetModel) => void = () => {}): Promise<void> {
  const stage = setStage(history);
  const compare = async () => {
    mislead(stage.model);
    stage.model.check(await show(stage.broker));
  };
  await compare();
  for (const step of history.steps) {
    await take(stage, step);
    await compare();
  }
  await settle(stage, compare);
}

async function take(stage: Stage, step: Step): Promise<void> {
  const { hosts, sessions } = stage.model;
  if (step.do === "create") return await createSessions(stage, step.items);
  if (step.do === "add host") return addHost(stage, step.facts);
  if (step.do === "restart") return restart(stage);
  if (step.do === "wait") return wait(stage, step.time);
  if ("host" in step) return await stepOnHost(stage, hosts[step.host % hosts.length]!, step);
  const session = sessions[step.session % sessions.length];
  if (session) await stepOnSession(stage, session, step);
}

/** All hosts come back, and time passes until whatever was begun must have ended: the model knows the limits. */
async function settle(stage: Stage, compare: () => Promise<void>): Promise<void> {
  const { hosts, rules, sessions } = stage.model;
  for (const host of hosts) {
    await stepOnHost(stage, host, { do: "restore agent", host: 0 });
    await stepOnHost(stage, host, { do: "dcv health", host: 0, healthy: true });
  }
  const created = longestCreation(rules);
  for (
    const time of [rules.report, created, NOTICE, rules.report, created, rules.queueTime, NOTICE + created]
  ) {
    wait(stage, time + 1);
    await compare();
  }
  for (const { id, phase, absence } of sessions) {
    assert(absence || (phase !== "PLACING" && phase !== "PENDING"), `${id} is still ${phase}`);
  }
}

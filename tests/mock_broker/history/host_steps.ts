/**
 * What happens to hosts in a history, through the API and behind its back.
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { call } from "./broker_calls.ts";
import type { HostModel } from "./host_model.ts";
import { SessionModel } from "./session_model.ts";
import type { Stage } from "./stage.ts";
import type { Step } from "./steps.ts";

export type HostStep = Extract<Step, { host: number }>;

export async function stepOnHost(stage: Stage, host: HostModel, step: HostStep): Promise<void> {
  const { broker: { hosts }, model: { now, sessions } } = stage;
  const { name } = host;
  if (step.do === "open") return await open(stage, host);
  if (step.do === "close") return await close(stage, host, step.force);
  const isGone = host.terminated && !host.listed;
  if (isGone) return;
  if (step.do === "create on host") createOnHost(stage, host, step);
  else if (host.terminated) assertThrows(() => hosts.terminate(name), TypeError, "was terminated");
  else if (step.do === "lose agent") {
    hosts.loseAgent(name);
    host.loseAgent(now);
  } else if (step.do === "restore agent") {
    hosts.restoreAgent(name);
    host.restoreAgent(now);
  } else if (step.do === "terminate") {
    hosts.terminate(name);
    for (const session of sessions) session.hostWentDown(host, now);
    host.terminate(now);
  } else if (step.do === "reboot") {
    hosts.reboot(name, step.downFor);
    for (const session of sessions) session.hostWentDown(host, now);
    host.reboot(now, step.downFor);
  } else if (step.do === "dcv health") {
    hosts.setDcvHealth(name, step.healthy);
    for (const session of sessions) if (!step.healthy && host.dcvHealthy) session.desktopEnded(host, now);
    host.setDcvHealth(now, step.healthy);
  } else {
    hosts.setLoggedInUsers(name, step.users);
    host.loggedIn = step.users.length > 0;
  }
}

interface ServersAnswer {
  SuccessfulList: { ServerId: string }[];
  UnsuccessfulList: { FailureCode: string; FailureReason: string }[];
}

async function open({ broker }: Stage, host: HostModel): Promise<void> {
  const { body } = await call<ServersAnswer>(broker, "/openServers", [{ ServerId: host.id }]);
  if (!host.listed) return assertNotFound(body);
  assertEquals(body.SuccessfulList, [{ ServerId: host.id }]);
  host.open = true;
}

/** Without force a server is closed only if it has no sessions; one that is closed already stays so. */
async function close({ broker, model }: Stage, host: HostModel, force: boolean): Promise<void> {
  const { consoles, virtuals } = model.loadOf(host);
  const request = [{ ServerId: host.id, Force: force }];
  const { body } = await call<ServersAnswer>(broker, "/closeServers", request);
  if (!host.listed) return assertNotFound(body);
  if (host.open && consoles + virtuals > 0 && !force) {
    assertEquals(body.UnsuccessfulList.length, 1);
    return;
  }
  assertEquals(body.SuccessfulList, [{ ServerId: host.id }]);
  host.open = false;
}

function assertNotFound({ UnsuccessfulList: [failure] }: ServersAnswer): void {
  assertEquals([failure?.FailureCode, failure?.FailureReason], [
    "DCV_SERVER_NOT_FOUND",
    "Dcv server not found.",
  ]);
}

/** The first session on each host is called `console`, so that several hosts have one of that id. */
function createOnHost(
  { broker, model }: Stage,
  host: HostModel,
  step: HostStep & { do: "create on host" },
): void {
  const { owner, type } = step;
  if (!host.listed) return;
  const isTaken = model.sessions.some((session) => session.id === "console" && session.host === host);
  const id = step.name && !isTaken ? "console" : undefined;
  const create = () => broker.sessions.createOnHost(host.name, { id, owner, type });
  const mayRun = !host.terminated && host.dcvHealthy;
  if (!mayRun || !model.isRoomOn(host, step, "perhaps")) {
    assertThrows(create, TypeError);
    return;
  }
  const made = attempt(create);
  assert(made !== undefined || !model.isRoomOn(host, step, "surely"), `${host.name} has room for ${type}`);
  if (made === undefined) return;
  const session = new SessionModel(made, owner, type, model.now, undefined);
  session.host = host;
  session.wasReady = true;
  if (!host.connected || !host.isObserved) session.hide(model.now);
  else session.phase = "READY";
  model.sessions.push(session);
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

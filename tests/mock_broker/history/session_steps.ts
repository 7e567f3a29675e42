/**
 * What happens to sessions in a history: calls of the API, and users who come and go.
 */

import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import type { CreateSessionRequestData, Session } from "@dcvkit/session-manager";
import { call, create, remove, show } from "./broker_calls.ts";
import { REQUIREMENTS } from "./rules.ts";
import { SessionModel } from "./session_model.ts";
import type { Stage } from "./stage.ts";
import type { Item, Step } from "./steps.ts";

export type SessionStep = Extract<Step, { session: number }>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DOES_NOT_EXIST = "The requested dcvSession does not exist";
const NO_SERVER = "No DCV server found for the given criteria";

/** A session is accepted if a host has room for it, or if it is to be queued and the queue is not full. */
export async function createSessions(stage: Stage, items: readonly Item[]): Promise<void> {
  const { broker, model } = stage;
  const { SuccessfulList, UnsuccessfulList } = await create(broker, items.map(requestOf));
  assertEquals(SuccessfulList.length + UnsuccessfulList.length, items.length);
  let accepted = 0;
  for (const [index, item] of items.entries()) {
    const name = String(index);
    const session = SuccessfulList.find(({ Name }) => Name === name);
    if (session) {
      accepted++;
      assert(
        item.enqueue || model.withRoom(item, "perhaps").length > 0,
        `No room for ${JSON.stringify(item)}`,
      );
      addSession(stage, session, item);
      continue;
    }
    // Each session that was accepted before it may have taken a whole host.
    assert(model.withRoom(item, "surely").length <= accepted, `Room for ${JSON.stringify(item)}`);
    const refusal = UnsuccessfulList.find(({ CreateSessionRequestData: { Name } }) => Name === name)!;
    if (item.enqueue) assert(model.waiting >= model.rules.queueSize, "The queue has room");
    else assertEquals(refusal.FailureReason, NO_SERVER);
  }
}

function requestOf(item: Item, index: number): CreateSessionRequestData {
  return {
    Name: String(index),
    Owner: item.owner,
    Type: item.type,
    Requirements: REQUIREMENTS[item.requirement]!.text,
    EnqueueRequest: item.enqueue,
    DisableRetryOnFailure: !item.retry,
    MaxConcurrentClients: item.maxClients,
    ...(item.extra === "DcvGlEnabled" && { DcvGlEnabled: true }),
    ...((item.extra === "InitFile" || item.extra === "AutorunFile") && { [item.extra]: "start.sh" }),
  };
}

function addSession({ model }: Stage, { Id, State, Substate, Server }: Session, item: Item): void {
  assertEquals([State, Substate, Server], ["CREATING", "SESSION_PLACING", undefined]);
  assertMatch(Id, UUID);
  assert(!model.sessions.some(({ id }) => id === Id), `An id is used twice: ${Id}`);
  const session = new SessionModel(Id, item.owner, item.type, model.now, item);
  session.phase = "PLACING";
  model.sessions.push(session);
}

export async function stepOnSession(stage: Stage, session: SessionModel, step: SessionStep): Promise<void> {
  if (step.do === "delete") {
    return await deleteSession(stage, session.id, step.owned ? session.owner : "nobody", step.force);
  }
  if (step.do === "permit") {
    return await permit(stage, session.id, step.owned ? session.owner : "nobody", step.shared);
  }
  // Which of several sessions is meant that were made on their hosts under one id, is left open.
  const [meant, ...others] = stage.model.live(session.id);
  if (others.length > 0) return;
  if (step.do === "picture") await takePicture(stage, session.id, meant);
  else if (step.do === "connection data") await getConnectionData(stage, session.id, meant);
  else connect(stage, session.id, meant, step.do, step.user);
}

async function deleteSession(
  { broker, model }: Stage,
  id: string,
  owner: string,
  force: boolean,
): Promise<void> {
  const targets = model.live(id, owner);
  const { SuccessfulList: [done], UnsuccessfulList: [failed] } = await remove(broker, {
    SessionId: id,
    Owner: owner,
    Force: force,
  });
  if (targets.length === 0) return assertEquals(failed, { SessionId: id, FailureReason: DOES_NOT_EXIST });
  assertEquals(done, { SessionId: id, State: "DELETING" });
  const shown = targets.length > 1 ? (await show(broker)).sessions : [];
  const meant = targets.length === 1 ? targets : targets.filter((target) => {
    const now = shown.find(({ Id, Server }) => Id === id && Server?.Id === target.host?.id);
    return !now || now.State === "DELETING" && target.phase !== "DELETING";
  });
  assert(meant.length <= 1, `One deletion has deleted ${meant.length} sessions`);
  meant[0]?.deletionAsked(model.now, force);
}

/** Whether a session takes new permissions while it is being deleted is not documented: here it does not. */
async function permit(
  { broker, model }: Stage,
  id: string,
  owner: string,
  shared: boolean,
): Promise<void> {
  const targets = model.live(id, owner);
  const PermissionsFile = btoa(
    `[permissions]\n%owner% allow builtin\n${shared ? "%any% allow display" : ""}`,
  );
  const request = [{ SessionId: id, Owner: owner, PermissionsFile }];
  const { body } = await call<Record<string, unknown>>(broker, "/sessionPermissions", request, "PUT");
  if (targets.every(({ phase }) => phase === "DELETING")) {
    assertEquals(body.UnsuccessfulList, [{ SessionId: id, FailureReason: DOES_NOT_EXIST }]);
  } else if (targets.length === 1) {
    assertEquals(body.SuccessfulList, [{ SessionId: id }]);
    targets[0]!.isShared = shared;
  }
}

async function takePicture({ broker }: Stage, id: string, session?: SessionModel): Promise<void> {
  const { body } = await call<Record<string, unknown>>(broker, "/getSessionScreenshots", [{ SessionId: id }]);
  assertEquals((body.SuccessfulList as unknown[]).length, session?.phase === "READY" ? 1 : 0);
}

/** Connection data is there for sessions that are READY, and for those of which the broker cannot tell. */
async function getConnectionData({ broker }: Stage, id: string, session?: SessionModel): Promise<void> {
  const { status, body } = await call<Record<string, unknown>>(
    broker,
    `/sessionConnectionData/${id}/guest`,
    undefined,
    "GET",
  );
  const possible = session?.phase === "READY" || session?.phase === "UNKNOWN";
  assertEquals(status, possible ? 200 : 400);
  if (possible) assertEquals((body.Session as Session).Id, id);
  else assertMatch(String(body.error), session ? /neither in READY/ : /does not exist/);
}

function connect(
  { broker, model }: Stage,
  id: string,
  session: SessionModel | undefined,
  what: "connect" | "disconnect",
  user: string,
): void {
  const act = () => broker.sessions[what](id, user);
  if (session?.wouldTake(what, user)) {
    act();
    session.took(what, user, model.now);
  } else {
    assertThrows(act, TypeError);
  }
}

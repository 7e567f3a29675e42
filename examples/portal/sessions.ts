/**
 * What the portal asks of the broker.
 *
 * @module
 */

import {
  allSuccessful,
  type CreateSessionRequestData,
  type Session,
  type SessionManagerClient,
} from "@dcvkit/session-manager";
import { encodePermissions, shareWith, VIEW_FEATURES } from "@dcvkit/session-manager/permissions";
import { all, server, tag } from "@dcvkit/session-manager/requirements";
import { primaryImage, takeScreenshots } from "@dcvkit/session-manager/screenshots";

/** What a guest may do. */
export type Access = "watch" | "work";

/** The features of a permissions file behind it. */
const FEATURES: Readonly<Record<Access, readonly string[]>> = {
  watch: VIEW_FEATURES,
  work: [...VIEW_FEATURES, "keyboard", "mouse", "clipboard-copy", "clipboard-paste"],
};

/** A session as the portal shows it. */
export interface Desktop {
  readonly session: Session;
  /** As a data URL. */
  readonly picture: string | undefined;
  readonly guests: ReadonlyMap<string, Access>;
}

/** What a user asks of a new session. */
export interface Wishes {
  readonly name: string;
  readonly system: string;
  readonly memoryGib: number;
  readonly gpu: boolean;
}

/** The sessions of a portal. The broker does not tell who their guests are, so the portal remembers them. */
export class Sessions {
  readonly #client: SessionManagerClient;
  readonly #guests = new Map<string, Map<string, Access>>();

  constructor(client: SessionManagerClient) {
    this.#client = client;
  }

  /** A user's own sessions, and those in which they are a guest, with pictures. */
  async of(user: string): Promise<{ own: Desktop[]; shared: Desktop[] }> {
    const sessions: Session[] = [];
    for await (const session of this.#client.listSessions()) {
      const isGuest = this.guestsOf(session.Id).has(user);
      const isOver = session.State === "DELETED" && !session.StateReason;
      if (!isOver && (session.Owner === user || isGuest)) sessions.push(session);
    }
    const pictures = await this.#picturesOf(sessions);
    const desktops = sessions.map((session) => (
      { session, picture: pictures.get(session.Id), guests: this.guestsOf(session.Id) }
    ));
    return {
      own: desktops.filter(({ session }) => session.Owner === user),
      shared: desktops.filter(({ session }) => session.Owner !== user && session.State !== "DELETED"),
    };
  }

  guestsOf(sessionId: string): ReadonlyMap<string, Access> {
    return this.#guests.get(sessionId) ?? new Map();
  }

  async start(owner: string, { name, system, memoryGib, gpu }: Wishes): Promise<void> {
    const request: CreateSessionRequestData = {
      Name: name,
      Owner: owner,
      Type: system === "linux" ? "VIRTUAL" : "CONSOLE",
      Requirements: all(
        server("Host.Os.Family", "=", system),
        server("Host.Memory.TotalBytes", ">=", memoryGib * 2 ** 30),
        ...(gpu ? [tag("gpu", "=", "yes")] : []),
      ),
    };
    await this.#client.createSession(request);
  }

  /** What a user's browser needs to get in; whether it is let in, the DCV server decides. */
  connectionData(sessionId: string, user: string) {
    return this.#client.getSessionConnectionData(sessionId, user);
  }

  /** Lets a guest in, changes what they may do, or shows them out. */
  async share(sessionId: string, owner: string, guest: string, access: Access | undefined): Promise<void> {
    const guests = new Map(this.guestsOf(sessionId));
    if (access) guests.set(guest, access);
    else guests.delete(guest);
    const features = Object.fromEntries([...guests].map(([name, access]) => [name, FEATURES[access]]));
    const PermissionsFile = encodePermissions(shareWith(features));
    const request = { SessionId: sessionId, Owner: owner, PermissionsFile };
    allSuccessful(await this.#client.updateSessionPermissions([request]));
    this.#guests.set(sessionId, guests);
  }

  async end(sessionId: string, owner: string): Promise<void> {
    allSuccessful(await this.#client.deleteSessions([{ SessionId: sessionId, Owner: owner }]));
  }

  /** Pictures of those that are READY; one that cannot be had is left out. */
  async #picturesOf(sessions: readonly Session[]): Promise<Map<string, string>> {
    const requests = sessions.filter(({ State }) => State === "READY")
      .map(({ Id }) => ({ SessionId: Id, MaxWidth: 640, MaxHeight: 400 }));
    const { SuccessfulList } = await takeScreenshots(this.#client, requests);
    return new Map(SuccessfulList.flatMap(({ SessionScreenshot: shot }) => {
      const image = primaryImage(shot);
      return image ? [[shot.SessionId, `data:image/${image.Format};base64,${image.Data}`]] : [];
    }));
  }
}

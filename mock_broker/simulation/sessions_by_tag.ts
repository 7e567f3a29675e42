/**
 * The sessions on hosts with a tag that many hosts have, by age. Where such a tag is asked for, its sessions are kept
 * in order from then on: they may all be younger than a great many others.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Session } from "./session.ts";
import type { SortedList } from "./sorted_list.ts";

/** A tag of a server. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** How many tags are remembered: those that were asked for last. */
const MOST_TAGS = 16;

/** A tag, and the sessions on the hosts that have it. */
interface Tagged {
  readonly tag: Tag;
  readonly sessions: SortedList<Session>;
}

/** The sessions of the tags that were asked for last. */
export class SessionsByTag {
  readonly #remembered = new Map<string, Tagged>();
  readonly #sessionsOn: (host: Host) => Iterable<Session>;
  readonly #newList: () => SortedList<Session>;

  constructor(sessionsOn: (host: Host) => Iterable<Session>, newList: () => SortedList<Session>) {
    this.#sessionsOn = sessionsOn;
    this.#newList = newList;
  }

  /** The sessions on the hosts that have a tag, which are these. */
  with(tag: Tag, hosts: Iterable<Host>): SortedList<Session> {
    const name = `${tag.key}\n${tag.value}`;
    const tagged = this.#remembered.get(name) ?? { tag, sessions: this.#inOrder(hosts) };
    this.#remembered.delete(name);
    this.#remembered.set(name, tagged);
    if (this.#remembered.size > MOST_TAGS) this.#remembered.delete(this.#remembered.keys().next().value!);
    return tagged.sessions;
  }

  /** A session was tied to a host. */
  add(session: Session, host: Host): void {
    for (const { tag, sessions } of this.#remembered.values()) {
      if (host.tag(tag.key) === tag.value) sessions.add(session);
    }
  }

  /** A session is tied to a host no longer. */
  remove(session: Session): void {
    for (const { sessions } of this.#remembered.values()) sessions.remove(session);
  }

  /** A host has come to the listings with its tags, or has left them. */
  hostListed(host: Host, isListed: boolean): void {
    if (this.#remembered.size === 0) return;
    for (const session of this.#sessionsOn(host)) {
      this.remove(session);
      if (isListed) this.add(session, host);
    }
  }

  #inOrder(hosts: Iterable<Host>): SortedList<Session> {
    const sessions = [...hosts].flatMap((host) => [...this.#sessionsOn(host)]);
    const list = this.#newList();
    // In order of age each comes after all others, which costs nothing to place.
    for (const session of sessions.sort((a, b) => a.sequence - b.sequence)) list.add(session);
    return list;
  }
}

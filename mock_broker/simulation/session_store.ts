/**
 * The sessions that the broker lists, found by id and owner, and read page by page.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Session } from "./session.ts";
import { SessionsByTag, type Tag } from "./sessions_by_tag.ts";
import { merged, SortedList } from "./sorted_list.ts";

/** Which sessions to list. Conditions that are left out hold for every session. */
export interface SessionQuery {
  readonly ids?: readonly string[] | undefined;
  readonly owners: readonly string[];
  readonly tags: readonly Tag[];
  /** Only sessions after this sequence number. */
  readonly after: number;
  readonly limit: number;
}

/** Some items in order, and after which sequence number the next page begins, if there is one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: number | undefined;
}

/** Above this, the sessions of hosts are not merged one by one. */
const MANY_HOSTS = 16;

/** Listed sessions by age. */
export class SessionStore {
  readonly #all = byAge();
  readonly #byId = new Map<string, Session[]>();
  readonly #byOwner = new Map<string, SortedList<Session>>();
  readonly #byHost = new Map<Host, SortedList<Session>>();
  readonly #byTag = new SessionsByTag((host) => this.#byHost.get(host) ?? [], byAge);
  readonly #hostsWithTag: (key: string, value: string) => ReadonlySet<Host>;
  #created = 0;

  constructor(hostsWithTag: (key: string, value: string) => ReadonlySet<Host>) {
    this.#hostsWithTag = hostsWithTag;
  }

  get size(): number {
    return this.#all.size;
  }

  /** The next session's place in the order of age. */
  nextSequence(): number {
    return this.#created++;
  }

  /** How many sessions came to be. */
  get created(): number {
    return this.#created;
  }

  set created(count: number) {
    this.#created = count;
  }

  /** The listed sessions; those that share an id in the order in which they were added. */
  get inOrderOfAddition(): Session[] {
    return [...this.#byId.values()].flat();
  }

  has(session: Session): boolean {
    return this.#byId.get(session.id)?.includes(session) ?? false;
  }

  add(session: Session): void {
    this.#all.add(session);
    const sameId = this.#byId.get(session.id);
    if (sameId) sameId.push(session);
    else this.#byId.set(session.id, [session]);
    addTo(this.#byOwner, session.owner, session);
    if (session.host) this.#tie(session, session.host);
  }

  /** Ties a listed session to a host, instead of the one that it was tied to. */
  move(session: Session, host: Host): void {
    if (session.host) this.#untie(session, session.host);
    session.host = host;
    this.#tie(session, host);
  }

  /** A host has come to the listings with its tags, or has left them. */
  hostListed(host: Host, isListed: boolean): void {
    this.#byTag.hostListed(host, isListed);
  }

  forget(session: Session): void {
    if (!this.#all.remove(session)) return;
    const left = this.withId(session.id).filter((other) => other !== session);
    if (left.length > 0) this.#byId.set(session.id, left);
    else this.#byId.delete(session.id);
    removeFrom(this.#byOwner, session.owner, session);
    if (session.host) this.#untie(session, session.host);
  }

  #tie(session: Session, host: Host): void {
    addTo(this.#byHost, host, session);
    this.#byTag.add(session, host);
  }

  #untie(session: Session, host: Host): void {
    removeFrom(this.#byHost, host, session);
    this.#byTag.remove(session);
  }

  /** Every session with this id: sessions that were created on their hosts may share one. */
  withId(id: string): readonly Session[] {
    return this.#byId.get(id) ?? [];
  }

  /** The newest session with this id that has not ended, of this owner if one is given. */
  find(id: string, owner?: string): Session | undefined {
    return this.withId(id).findLast((session) =>
      session.state !== "DELETED" && (owner === undefined || session.owner === owner)
    );
  }

  [Symbol.iterator](): Iterator<Session> {
    return this.#all[Symbol.iterator]();
  }

  /** One page of the sessions that meet the query, oldest first. */
  page(query: SessionQuery): Page<Session> {
    const items: Session[] = [];
    for (const session of this.#candidates(query)) {
      if (!this.#matches(session, query)) continue;
      if (items.length === query.limit) return { items, next: items.at(-1)!.sequence };
      items.push(session);
    }
    return { items, next: undefined };
  }

  /** Tags are those of the server, and of one that the broker has dropped it knows none. */
  #matches(session: Session, { owners, tags }: SessionQuery): boolean {
    if (!owners.every((owner) => session.owner === owner)) return false;
    const { server } = session;
    return tags.every(({ key, value }) => server && this.#hostsWithTag(key, value).has(server));
  }

  /** Sessions after the page's start, from the narrowest index that holds all matches. */
  #candidates({ ids, owners: [owner], tags: [tag], after }: SessionQuery): Iterable<Session> {
    const isReached = (session: Session) => session.sequence > after;
    if (ids) {
      return ids.flatMap((id) => this.withId(id)).filter(isReached).sort(compareAge)
        .filter((session, i, sorted) => session !== sorted[i - 1]);
    }
    if (owner !== undefined) return this.#byOwner.get(owner)?.from(isReached) ?? [];
    if (tag) return this.#onHostsWithTag(tag, isReached);
    return this.#all.from(isReached);
  }

  #onHostsWithTag(tag: Tag, isReached: (session: Session) => boolean): Iterable<Session> {
    const hosts = this.#hostsWithTag(tag.key, tag.value);
    if (hosts.size > MANY_HOSTS) return this.#byTag.with(tag, hosts).from(isReached);
    return merged([...hosts].flatMap((host) => this.#byHost.get(host)?.from(isReached) ?? []), compareAge);
  }
}

function compareAge(a: Session, b: Session): number {
  return a.sequence - b.sequence;
}

function byAge(): SortedList<Session> {
  return new SortedList(compareAge);
}

function addTo<Key>(index: Map<Key, SortedList<Session>>, key: Key, session: Session): void {
  const list = index.get(key);
  if (list) return list.add(session);
  const first = byAge();
  first.add(session);
  index.set(key, first);
}

function removeFrom<Key>(index: Map<Key, SortedList<Session>>, key: Key, session: Session): void {
  const list = index.get(key)!;
  list.remove(session);
  if (list.size === 0) index.delete(key);
}

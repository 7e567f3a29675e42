/** @jsxImportSource hono/jsx */
/**
 * Links to the sessions and hosts that a request or its answer names.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { NotFoundError } from "../../control/not_found_error.ts";
import type { HostSnapshot } from "../../control/host_snapshot.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { type NamedThings, namesIn } from "../../journal/names.ts";
import { linkTo, number, type View } from "../view.ts";
import { shortened } from "./shown_text.ts";

/** Most sessions and most hosts that are listed. */
const MOST_LISTED = 10;

/** Longest id that is looked for: nothing longer is a link. */
const LONGEST_ID = 300;

/** A session or a host that is named. */
export interface NamedThing {
  /** As the page calls it. */
  readonly title: string;
  /** What finds the requests that name it. */
  readonly name: string;
  /** Its page; absent if it is not there. */
  readonly href: string | undefined;
}

/** What an entry names, and where it is shown while it is there. */
export class Links {
  readonly #view: View;
  readonly #named: NamedThings;

  constructor(view: View, entry: JournalEntry) {
    this.#view = view;
    this.#named = namesIn(entry);
  }

  get sessions(): NamedThing[] {
    return [...this.#named.sessions].map((name) => ({ title: name, name, href: this.#session(name) }));
  }

  /** Each host once, be it named by its host name, its server id or both. */
  get hosts(): NamedThing[] {
    const found = new Map<string, NamedThing>();
    for (const name of this.#named.hosts) {
      const host = this.#host(name);
      found.set(host?.id ?? name, {
        title: host?.hostname ?? name,
        name: host?.id ?? name,
        href: host && this.#to("hosts", host.hostname),
      });
    }
    return [...found.values()];
  }

  /** The page of what a text names; `undefined` if it names nothing, or nothing that is there. */
  of(text: string): string | undefined {
    if (this.#named.sessions.has(text)) return this.#session(text);
    const host = this.#named.hosts.has(text) ? this.#host(text) : undefined;
    return host && this.#to("hosts", host.hostname);
  }

  #session(id: string): string | undefined {
    const { sessions } = this.#view.broker;
    return ifThere(id, (id) => sessions.get(id)) && this.#to("sessions", id);
  }

  #host(name: string): HostSnapshot | undefined {
    return ifThere(name, (name) => this.#view.broker.hosts.get(name));
  }

  #to(place: string, name: string): string {
    return linkTo(this.#view, `/${place}/${encodeURIComponent(name)}`);
  }
}

function ifThere<T>(name: string, get: (name: string) => T): T | undefined {
  if (name.length > LONGEST_ID) return undefined;
  try {
    return get(name);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** The sessions and hosts of an entry, each with the way to all requests that name it. */
export function Named({ view, links }: { view: View; links: Links }): JSX.Element | null {
  const { sessions, hosts } = links;
  if (sessions.length + hosts.length === 0) return null;
  return (
    <dl class="named">
      <Kind view={view} title="Sessions" parameter="session" things={sessions} />
      <Kind view={view} title="Hosts" parameter="host" things={hosts} />
    </dl>
  );
}

function Kind({ view, title, parameter, things }: {
  view: View;
  title: string;
  parameter: "session" | "host";
  things: readonly NamedThing[];
}): JSX.Element | null {
  if (things.length === 0) return null;
  const more = things.length - MOST_LISTED;
  return (
    <>
      <dt>{title}</dt>
      <dd>
        <ul class="plain">
          {things.slice(0, MOST_LISTED).map((thing) => (
            <Thing view={view} parameter={parameter} thing={thing} />
          ))}
          {more > 0 && <li class="note">and {number(more)} more</li>}
        </ul>
      </dd>
    </>
  );
}

function Thing({ view, parameter, thing: { title, name, href } }: {
  view: View;
  parameter: "session" | "host";
  thing: NamedThing;
}): JSX.Element {
  const text = shortened(title, 80);
  return (
    <li>
      {href === undefined ? <span class="id">{text}</span> : <a class="id" href={href}>{text}</a>}
      {href === undefined && <span class="note">not there, or not any more</span>}
      {name.length <= LONGEST_ID && (
        <a
          class="note"
          href={linkTo(view, "/journal", { [parameter]: name })}
          aria-label={`all its requests: ${text}`}
        >
          all its requests
        </a>
      )}
    </li>
  );
}

/** @jsxImportSource hono/jsx */
/**
 * The state of the fleet at one look.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { BrokerState } from "../../control/broker_state.ts";
import { Capacity, stateOf } from "../capacity.tsx";
import { Charts } from "../charts.tsx";
import { Counts, Empty } from "../components.tsx";
import { HostMap, MOST_HOSTS, tagNames } from "../fleet_map.tsx";
import { FaultList } from "./faults.tsx";
import { AddHost } from "./hosts.tsx";
import { lookOf, State } from "../icons.tsx";
import { JournalTable } from "./journal.tsx";
import { Name, Screenshot } from "./sessions.tsx";
import { count, linkTo, number, type View } from "../view.ts";
import { WhatHappensNext } from "../what_happens_next.tsx";

/** Up to so many hosts are shown by name. */
const MOST_NAMED_HOSTS = 48;

const NEWEST_SESSIONS = 8;
const NEWEST_REQUESTS = 8;

/** The first view. */
export function Overview({ view, state }: { view: View; state: BrokerState }): JSX.Element {
  const { counts, queue, faults } = state;
  return (
    <>
      <div class="cards pair">
        <section class="card" aria-labelledby="hosts-count">
          <h2 id="hosts-count">{count(counts.hosts, "host")}</h2>
          <Counts view={view} path="/hosts" parameter="availability" counts={counts.hostsByAvailability} />
        </section>
        <section class="card" aria-labelledby="sessions-count">
          <h2 id="sessions-count">{count(counts.sessions, "session")}</h2>
          <Counts view={view} path="/sessions" parameter="state" counts={counts.sessionsByState} />
        </section>
        <Charts steps={view.broker.activity()} />
        <WhatHappensNext view={view} />
      </div>
      <p class="summary">
        {count(counts.connections, "user connection")}, {number(queue.length)} waiting for a server,{" "}
        {faults.length === 0 ? "no fault" : count(faults.length, "fault")} in force
      </p>
      <Hosts view={view} total={counts.hosts} />
      <NewestSessions view={view} total={counts.sessions} />
      {faults.length > 0 && (
        <section aria-labelledby="faults-in-force">
          <h2 id="faults-in-force">Faults</h2>
          <FaultList view={view} faults={faults} />
        </section>
      )}
      <section aria-labelledby="newest-requests">
        <h2 id="newest-requests">Latest requests</h2>
        <JournalTable
          view={view}
          entries={view.broker.journal.entries({ limit: NEWEST_REQUESTS }).reverse()}
        />
      </section>
    </>
  );
}

function Hosts({ view, total }: { view: View; total: number }): JSX.Element {
  return (
    <section aria-labelledby="capacity">
      <h2 id="capacity">Capacity</h2>
      {total === 0
        ? <NoHosts view={view} />
        : total > MOST_NAMED_HOSTS
        ? <LargeFleet view={view} total={total} />
        : <SmallFleet view={view} />}
    </section>
  );
}

function NoHosts({ view }: { view: View }): JSX.Element {
  return (
    <Empty>
      <p>
        There is no host, so no session can be created. Add one here, or start the broker with a fleet file:
        {" "}
        <code>dcv-mock-broker --fleet small-lab</code>
      </p>
      <AddHost view={view} />
    </Empty>
  );
}

function LargeFleet({ view, total }: { view: View; total: number }): JSX.Element {
  const { items } = view.broker.hosts.list({ limit: MOST_HOSTS });
  const shown = total > items.length ? `the first ${number(items.length)} of ${number(total)}` : "all";
  return (
    <>
      <HostMap
        view={view}
        hosts={items}
        label={`Map of ${shown} hosts by state and use; the list of hosts says the same`}
      />
      <p class="note">
        A square is a host, and fills up with its sessions: {shown} are shown.{" "}
        <a href={linkTo(view, "/hosts")}>List of hosts</a>
        {tagNames(items).slice(0, 8).map((tag) => (
          <>
            , <a href={linkTo(view, "/hosts", { group: tag })}>by {tag}</a>
          </>
        ))}
      </p>
    </>
  );
}

function SmallFleet({ view }: { view: View }): JSX.Element {
  return (
    <ul class="tiles">
      {view.broker.hosts.list({ limit: MOST_NAMED_HOSTS }).items.map((host) => (
        <li id={`tile-${host.id}`} class={`tile ${lookOf(stateOf(host)).tone}`}>
          <a href={linkTo(view, `/hosts/${encodeURIComponent(host.hostname)}`)}>{host.hostname}</a>
          <span class="note">{host.os}</span>
          <State of={stateOf(host)} />
          <Capacity host={host} />
        </li>
      ))}
    </ul>
  );
}

function NewestSessions({ view, total }: { view: View; total: number }): JSX.Element {
  const { items } = view.broker.sessions.list({ limit: NEWEST_SESSIONS, newestFirst: true });
  return (
    <section aria-labelledby="newest-sessions">
      <h2 id="newest-sessions">Latest sessions</h2>
      {total === 0
        ? (
          <Empty>
            <p>
              There is no session yet. <a href={linkTo(view, "/connect")}>Connect your program</a>, or{" "}
              <a href={linkTo(view, "/sessions")}>create one here</a>.
            </p>
          </Empty>
        )
        : (
          <ul class="screens">
            {items.map((session) => (
              <li id={`screen-${session.id}`}>
                <a href={linkTo(view, `/sessions/${encodeURIComponent(session.id)}`)}>
                  <Screenshot view={view} session={session} width={160} />
                  <Name of={session} />
                </a>
                <span class="note clip" title={session.owner}>{session.owner}</span>
                {session.host && <span class="note clip" title={session.host}>on {session.host}</span>}
                <State of={session.state} />
              </li>
            ))}
          </ul>
        )}
    </section>
  );
}

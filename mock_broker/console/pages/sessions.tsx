/** @jsxImportSource hono/jsx */
/**
 * The sessions, newest first, page by page.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { SessionSnapshotQuery } from "../../control/session_control.ts";
import type { SessionSnapshot } from "../../control/session_snapshot.ts";
import { Action, Empty, Field, type Order, Select, Table, When } from "../components.tsx";
import { State } from "../icons.tsx";
import { orderOf } from "../order.ts";
import { count, linkTo, numberIn, textIn, type View } from "../view.ts";

const PAGE = 50;

const STATES = ["CREATING", "READY", "DELETING", "DELETED", "UNKNOWN"];

/** The list of sessions. */
export function Sessions({ view }: { view: View }): JSX.Element {
  const filter = {
    text: textIn(view, "text"),
    state: textIn(view, "state"),
    host: textIn(view, "host"),
  };
  const order = orderOf(view, "/sessions", filter, {
    Session: "name",
    State: "state",
    Owner: "owner",
    Type: "type",
    Host: "host",
    Users: "connections",
    Created: "created",
  }, "created");
  const query = { ...filter, sort: view.query.sort, descending: view.query.descending };
  const { items, total, next } = view.broker.sessions.list({
    ...filter,
    sort: order.sort === "created" ? undefined : order.sort as SessionSnapshotQuery["sort"],
    descending: order.descending,
    after: numberIn(view, "after"),
    limit: PAGE,
    newestFirst: order.descending,
  });
  return (
    <>
      <form method="get" class="row filter" role="search" aria-label="Sessions">
        <Field id="text" label="Id, name or owner">
          <input id="text" name="text" type="search" value={query.text ?? ""} />
        </Field>
        <Field id="state" label="State">
          <Select id="state" name="state" none="any" options={STATES} value={query.state} />
        </Field>
        <Field id="host" label="Host">
          <input id="host" name="host" value={query.host ?? ""} />
        </Field>
        <button type="submit">Filter</button>
      </form>
      <p class="note" aria-live="polite">{count(total, "session")}</p>
      {total === 0
        ? (
          <Empty>
            <p>
              There is no such session. Create one below, or{" "}
              <a href={linkTo(view, "/connect")}>
                connect your program
              </a>.
            </p>
          </Empty>
        )
        : <SessionTable view={view} sessions={items} order={order} />}
      <nav class="pages" aria-label="Pages">
        {view.query.after && <a href={linkTo(view, "/sessions", query)}>Newest</a>}
        {next !== undefined && <a href={linkTo(view, "/sessions", { ...query, after: next })}>Older</a>}
      </nav>
      <section aria-labelledby="new-session">
        <h2 id="new-session">Create a session through the broker</h2>
        <NewSession view={view} />
      </section>
    </>
  );
}

/** A form for a session that the broker places as it does for programs. */
function NewSession({ view }: { view: View }): JSX.Element {
  return (
    <Action view={view} does="requestSession" class="row">
      <Field id="new-name" label="Name">
        <input id="new-name" name="name" required autocomplete="off" />
      </Field>
      <Field id="new-owner" label="Owner">
        <input id="new-owner" name="owner" required autocomplete="off" />
      </Field>
      <Field id="new-type" label="Type">
        <select id="new-type" name="type">
          <option>VIRTUAL</option>
          <option>CONSOLE</option>
        </select>
      </Field>
      <Field id="new-requirements" label="Requirements (optional)">
        <input id="new-requirements" name="requirements" placeholder="tag:ram = '64gb'" autocomplete="off" />
      </Field>
      <div class="field box">
        <input id="new-enqueue" name="enqueue" type="checkbox" />
        <label for="new-enqueue">Wait for a host</label>
      </div>
      <button type="submit">Create session</button>
    </Action>
  );
}

/** A table of sessions. */
export function SessionTable(
  { view, sessions, order }: {
    view: View;
    sessions: readonly SessionSnapshot[];
    order?: Order;
  },
): JSX.Element {
  const columns = ["Session", "State", "Owner", "-Type", "-Host", "-Users", "-Created"];
  return (
    <Table label="Sessions" columns={columns} {...order && { order }}>
      {sessions.map((session) => (
        <tr id={`session-${session.id}`}>
          <th scope="row">
            <a class="with-screen" href={linkTo(view, `/sessions/${encodeURIComponent(session.id)}`)}>
              <Screenshot view={view} session={session} width={64} />
              <Name of={session} />
            </a>
          </th>
          <td>
            <State of={session.state} />
            {session.reason && <span class="note">{session.reason}</span>}
          </td>
          <td>
            <span class="clip" title={session.owner}>{session.owner}</span>
          </td>
          <td class="minor">{session.type}</td>
          <td class="minor">
            <span class="clip" title={session.host}>{session.host ?? "none yet"}</span>
          </td>
          <td class="minor">{String(session.connections.length)}</td>
          <td class="minor">
            <When view={view} at={session.creationTime} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** What a session is called, cut where there is no room for it. */
export function Name({ of: { name, id } }: { of: SessionSnapshot }): JSX.Element {
  return <span class="clip" title={name || id}>{name || id}</span>;
}

/** The picture of a session that is READY, or an empty screen; it is renewed with each minute of simulated time. */
export function Screenshot({ view, session: { id, state }, width, alt = "" }: {
  view: View;
  session: SessionSnapshot;
  width: number;
  alt?: string;
}): JSX.Element {
  const height = width * 5 / 8;
  if (state !== "READY") {
    return <svg class="screen" width={width} height={height} viewBox="0 0 8 5" aria-hidden="true" />;
  }
  const minute = view.broker.clock.now.toISOString().slice(0, 16);
  const src = linkTo(view, `/screenshots/${encodeURIComponent(id)}`, { width: width * 2, minute });
  return <img class="screen" src={src} width={width} height={height} alt={alt} loading="lazy" />;
}

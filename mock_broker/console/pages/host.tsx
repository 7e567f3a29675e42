/** @jsxImportSource hono/jsx */
/**
 * One host: what it is, what can be done to it, and its sessions.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { HostSnapshot } from "../../control/host_snapshot.ts";
import { Capacity, stateOf } from "../capacity.tsx";
import { Action, Button, Empty, Field, Select } from "../components.tsx";
import { tagsOf } from "./hosts.tsx";
import { State } from "../icons.tsx";
import { SessionTable } from "./sessions.tsx";
import { count, linkTo, type View } from "../view.ts";

/** Most sessions that are listed here. */
const MOST_SESSIONS = 50;

/** The view of a host. */
export function Host({ view, host }: { view: View; host: HostSnapshot }): JSX.Element {
  const { items, total } = view.broker.sessions.list({
    host: host.id,
    limit: MOST_SESSIONS,
    newestFirst: true,
  });
  return (
    <>
      <div class="cards">
        <About view={view} host={host} />
        {host.terminated ? <Gone host={host} /> : <Controls view={view} host={host} />}
      </div>
      <section aria-labelledby="on-host">
        <h2 id="on-host">{count(total, "session")}</h2>
        {total === 0
          ? (
            <Empty>
              <p>The broker lists no session on this host.</p>
            </Empty>
          )
          : <SessionTable view={view} sessions={items} />}
        {total > items.length && <a href={linkTo(view, "/sessions", { host: host.hostname })}>All of them</a>}
      </section>
      {!host.terminated && <CreateSession view={view} host={host} />}
    </>
  );
}

function About({ view, host }: { view: View; host: HostSnapshot }): JSX.Element {
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">State</h2>
      <p>
        <State of={stateOf(host)} />
      </p>
      <p>
        <Capacity host={host} />
      </p>
      <dl>
        <dt>Server id</dt>
        <dd class="id">{host.id}</dd>
        <dt>Requests</dt>
        <dd>
          <a href={linkTo(view, "/journal", { host: host.id })}>All that name this host</a>
        </dd>
        <dt>Address</dt>
        <dd>{host.ip}</dd>
        <dt>System</dt>
        <dd>{host.os}, {host.cpus} CPUs, {Math.round(host.memoryBytes / 1024 ** 3)} GiB</dd>
        <dt>Tags</dt>
        <dd>{tagsOf(host) || "none"}</dd>
        <dt>Agent</dt>
        <dd>{host.agentConnected ? "connected" : "cut off"}{!host.listed && ", not listed by the broker"}</dd>
        <dt>DCV server</dt>
        <dd>{host.dcvHealthy ? "runs" : "is down"}</dd>
        <dt>Logged in outside DCV</dt>
        <dd>{host.loggedInUsers.join(", ") || "nobody"}</dd>
      </dl>
    </section>
  );
}

function Gone({ host }: { host: HostSnapshot }): JSX.Element {
  const known = host.reason === undefined
    ? "The broker has not noticed yet and still counts on it."
    : "The broker finds its agent unreachable, and drops it after a while.";
  return (
    <section class="card" aria-labelledby="controls">
      <h2 id="controls">This host was terminated</h2>
      <p>It is gone for good, and nothing can be done to it any more. {known}</p>
    </section>
  );
}

function Controls({ view, host }: { view: View; host: HostSnapshot }): JSX.Element {
  const on = { host: host.hostname };
  const button = (does: string, label: string) => (
    <Button
      view={view}
      does={does}
      label={label}
      fields={on}
    />
  );
  return (
    <section class="card" aria-labelledby="controls">
      <h2 id="controls">Actions</h2>
      <div class="row">
        {host.agentConnected
          ? button("loseAgent", "Cut off the agent")
          : button("restoreAgent", "Bring the agent back")}
        {host.dcvHealthy
          ? button("stopDcv", "Stop the DCV server")
          : button("startDcv", "Start the DCV server")}
        {host.open ? button("closeHost", "Close for placement") : button("openHost", "Open for placement")}
        {button("rebootHost", "Reboot")}
        {button("terminateHost", "Terminate")}
      </div>
      <Action view={view} does="setLoggedInUsers" fields={on} class="row">
        <Field id="users" label="Users logged in outside DCV, with commas">
          <input id="users" name="users" value={host.loggedInUsers.join(", ")} />
        </Field>
        <button type="submit">Log in</button>
      </Action>
    </section>
  );
}

function CreateSession({ view, host }: { view: View; host: HostSnapshot }): JSX.Element {
  return (
    <section aria-labelledby="create">
      <h2 id="create">Create a session here, without the broker</h2>
      <Action view={view} does="createSession" fields={{ host: host.hostname }} class="row">
        <Field id="owner" label="Owner">
          <input id="owner" name="owner" required />
        </Field>
        <Field id="name" label="Name (optional)">
          <input id="name" name="name" />
        </Field>
        <Field id="type" label="Type">
          {host.os === "linux"
            ? <Select id="type" name="type" none="VIRTUAL" options={["CONSOLE"]} />
            : (
              <select id="type" name="type">
                <option>CONSOLE</option>
              </select>
            )}
        </Field>
        <button type="submit">Create session</button>
      </Action>
    </section>
  );
}

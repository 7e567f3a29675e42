/** @jsxImportSource hono/jsx */
/**
 * One session: its screen, its life, and who is connected.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { PermissionsSnapshot } from "../../control/permissions_snapshot.ts";
import type { SessionSnapshot, SessionStepSnapshot } from "../../control/session_snapshot.ts";
import { Action, Button, Field, Table, When } from "../components.tsx";
import { ALL_FEATURES } from "../../simulation/granted_permissions.ts";
import { lookOf, State } from "../icons.tsx";
import { Screenshot } from "./sessions.tsx";
import { duration, linkTo, type View } from "../view.ts";

/** The view of a session. */
export function Session({ view, session }: { view: View; session: SessionSnapshot }): JSX.Element {
  return (
    <>
      <div class="cards">
        <About view={view} session={session} />
        <section class="card" aria-labelledby="life">
          <h2 id="life">Life</h2>
          <TimeLine view={view} steps={session.history ?? []} />
        </section>
      </div>
      <Connections view={view} session={session} />
      {session.permissions && <Permissions of={session.permissions} />}
    </>
  );
}

function About({ view, session }: { view: View; session: SessionSnapshot }): JSX.Element {
  const { id, name, owner, type, state, substate, reason, host } = session;
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">State</h2>
      <Screenshot view={view} session={session} width={320} alt={`Screen of ${name || id}`} />
      <p>
        <State of={state} /> {substate && <span class="note">{substate}</span>}
      </p>
      {reason && <p>{reason}</p>}
      <dl>
        <dt>Id</dt>
        <dd class="id">{id}</dd>
        <dt>Owner</dt>
        <dd>{owner}</dd>
        <dt>Type</dt>
        <dd>{type}</dd>
        <dt>Host</dt>
        <dd class="name">
          {host ? <a href={linkTo(view, `/hosts/${encodeURIComponent(host)}`)}>{host}</a> : "none yet"}
        </dd>
        <dt>Requests</dt>
        <dd>
          <a href={linkTo(view, "/journal", { session: id })}>All that name this session</a>
        </dd>
      </dl>
      <div class="row">
        {state === "READY" && view.reached.hasDesktops && (
          <a
            class="button"
            href={linkTo(view, `/desktops/${encodeURIComponent(id)}`)}
            target="_blank"
            rel="noopener"
          >
            Open desktop
          </a>
        )}
        {state !== "DELETING" && state !== "DELETED" && (
          <Button view={view} does="deleteSession" label="Delete" fields={{ session: id }} />
        )}
      </div>
    </section>
  );
}

/** States one after the other: a bar in proportion to how long each took, and each with its time. */
function TimeLine(
  { view, steps }: { view: View; steps: readonly SessionStepSnapshot[] },
): JSX.Element {
  const starts = steps.map((step) => Date.parse(step.time));
  const lengths = starts.map((start, index) => (starts[index + 1] ?? view.now) - start);
  return (
    <>
      <Proportions steps={steps} lengths={lengths} />
      <ol class="timeline">
        {steps.map((step, index) => (
          <li class={lookOf(step.state).tone}>
            <State of={step.state} /> {step.substate && <span class="note">{step.substate}</span>}
            <span class="note">
              <When view={view} at={step.time} />,{" "}
              {index < steps.length - 1 ? `for ${duration(lengths[index]!)}` : `since then`}
            </span>
            {step.reason && <span>{step.reason}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

function Proportions({ steps, lengths }: {
  steps: readonly SessionStepSnapshot[];
  lengths: readonly number[];
}): JSX.Element {
  const sum = lengths.reduce((sum, length) => sum + length, 0);
  // A short state beside a long one is still to be seen.
  const widths = lengths.map((length) => 30 + (sum === 0 ? 0 : length / sum * 1000));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let x = 0;
  return (
    <svg class="proportions" viewBox={`0 0 ${whole || 1} 10`} preserveAspectRatio="none" aria-hidden="true">
      {steps.map(({ state }, index) => {
        const from = x;
        x += widths[index]!;
        return <rect class={lookOf(state).tone} x={from} y="0" width={widths[index]! - 4} height="10" />;
      })}
    </svg>
  );
}

function Connections({ view, session: { id, connections, owner, state } }: {
  view: View;
  session: SessionSnapshot;
}): JSX.Element {
  return (
    <section aria-labelledby="users-connected">
      <h2 id="users-connected">Connected users</h2>
      {connections.length === 0 && <p>Nobody is connected.</p>}
      <ul class="plain">
        {connections.map((user) => (
          <li class="row">
            <span>{user}</span>
            <Button
              view={view}
              does="disconnect"
              label="Disconnect"
              about={user}
              fields={{ session: id, user }}
            />
          </li>
        ))}
      </ul>
      {state === "READY" && (
        <Action view={view} does="connect" fields={{ session: id }} class="row">
          <Field id="user" label="User">
            <input id="user" name="user" value={owner} required />
          </Field>
          <button type="submit">Connect</button>
        </Action>
      )}
    </section>
  );
}

/** The permissions file, and what it comes to for whom. */
function Permissions({ of: { file, problem, users } }: { of: PermissionsSnapshot }): JSX.Element {
  return (
    <section aria-labelledby="permissions">
      <h2 id="permissions">Permissions</h2>
      {problem !== undefined && <p class="failure">Nobody may do anything. {problem}</p>}
      <Table label="Who may do what" columns={["User", "May"]}>
        {users.map(({ user, features }) => (
          <tr>
            <th scope="row">{user === "%any%" ? "anybody else" : user}</th>
            <td>{inWords(features)}</td>
          </tr>
        ))}
      </Table>
      {file === undefined
        ? <p>There is no permissions file: the owner may do everything, and nobody else anything.</p>
        : (
          <details>
            <summary>Permissions file</summary>
            <pre tabindex={0}>{file}</pre>
          </details>
        )}
    </section>
  );
}

function inWords(features: readonly string[]): string {
  if (features.length === 0) return "nothing";
  return ALL_FEATURES.every((feature) => features.includes(feature)) ? "everything" : features.join(", ");
}

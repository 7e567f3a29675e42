/** @jsxImportSource hono/jsx */
/**
 * What the portal's pages show.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Desktop } from "./sessions.ts";

export function Page(
  { title, user, children }: { title: string; user: string | undefined; children: Child },
): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Atelier`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
        <script type="module" src="/script.js"></script>
      </head>
      <body>
        <header>
          <a class="brand" href="/">Atelier</a>
          {user && (
            <form method="post" action="/sign-out">
              <span class="avatar" aria-hidden="true">{user.slice(0, 1)}</span>
              <span data-testid="user">{user}</span>
              <button type="submit" class="plain">Sign out</button>
            </form>
          )}
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

export function SignIn({ users }: { users: readonly string[] }): JSX.Element {
  return (
    <section class="narrow">
      <h1>Who are you?</h1>
      <form method="post" action="/sign-in" class="people">
        {users.map((user) => (
          <button type="submit" name="user" value={user}>
            <span class="avatar" aria-hidden="true">{user.slice(0, 1)}</span> {user}
          </button>
        ))}
      </form>
    </section>
  );
}

/** The part of the page that the script keeps up to date. */
export function SessionList({ own, shared, others }: {
  own: readonly Desktop[];
  shared: readonly Desktop[];
  others: readonly string[];
}): JSX.Element {
  const isBusy = own.some(({ session: { State } }) => State === "CREATING" || State === "DELETING");
  return (
    <div id="sessions" data-busy={String(isBusy)}>
      <h1 class="unseen">Desktops</h1>
      <h2>Your desktops</h2>
      {own.length === 0 && <p class="soft">You have none yet. Start one below.</p>}
      <div class="cards">{own.map((desktop) => <Card desktop={desktop} others={others} isOwn />)}</div>
      {shared.length > 0 && (
        <>
          <h2>Shared with you</h2>
          <div class="cards">
            {shared.map((desktop) => <Card desktop={desktop} others={[]} isOwn={false} />)}
          </div>
        </>
      )}
    </div>
  );
}

function Card({ desktop, others, isOwn }: {
  desktop: Desktop;
  others: readonly string[];
  isOwn: boolean;
}): JSX.Element {
  const { session: { Id, Name, Owner, State, Server, NumOfConnections }, picture, guests } = desktop;
  const name = Name || Id;
  const facts = [
    isOwn ? undefined : `from ${Owner}`,
    Server?.Hostname,
    NumOfConnections ? `${NumOfConnections} connected` : "",
  ];
  return (
    <article aria-label={name} data-testid="session" data-state={State}>
      {picture
        ? <img src={picture} alt={`Screen of ${name}`} width="640" height="400" />
        : <Progress desktop={desktop} />}
      <div class="about">
        <h3>{name}</h3>
        <p class="soft">{facts.filter(Boolean).join(" · ")}</p>
        {State === "READY" && (
          <a class="button" href={`/sessions/${Id}/open`} target="_blank" rel="noopener">Open</a>
        )}
        {isOwn && State === "READY" && <Share id={Id} others={others} guests={guests} />}
        {isOwn && State === "READY" && (
          <form method="post" action={`/sessions/${Id}/end`}>
            <button type="submit" class="danger" aria-label={`End ${name}`}>End</button>
          </form>
        )}
      </div>
    </article>
  );
}

/** How far a session is, while there is no picture of it. */
function Progress(
  { desktop: { session: { State, Substate, StateReason } } }: { desktop: Desktop },
): JSX.Element {
  const [step, text] = progressOf(State, Substate, StateReason);
  return (
    <div class={State === "DELETED" ? "screen failed" : "screen"} role="status">
      <p>{text}</p>
      {step !== undefined && <progress max="3" value={step} aria-label="Progress">{step} of 3</progress>}
    </div>
  );
}

function progressOf(state = "", substate = "", reason = ""): [step: number | undefined, text: string] {
  if (state === "DELETED") return [undefined, `It could not be started. ${reason}`];
  if (state === "DELETING") return [undefined, "Ending"];
  if (state === "READY") return [undefined, "No picture yet"];
  if (state !== "CREATING") return [undefined, "Out of reach at the moment"];
  return substate === "SESSION_PLACING" ? [1, "Looking for a computer"] : [2, "Getting it ready"];
}

const ACCESS = { watch: "may look", work: "may look and work" };

function Share(
  { id, others, guests }: { id: string; others: readonly string[]; guests: Desktop["guests"] },
): JSX.Element {
  return (
    <details>
      <summary>Share{guests.size > 0 && ` (${guests.size})`}</summary>
      <ul>{[...guests].map(([guest, access]) => <li>{guest} {ACCESS[access]}</li>)}</ul>
      <form method="post" action={`/sessions/${id}/share`}>
        <select name="guest" aria-label="Guest">{others.map((user) => <option>{user}</option>)}</select>
        <select name="access" aria-label="Access">
          <option value="watch">may look</option>
          <option value="work">may look and work</option>
          <option value="none">is no guest</option>
        </select>
        <button type="submit">Save</button>
      </form>
    </details>
  );
}

export function StartForm(): JSX.Element {
  return (
    <section class="start" aria-labelledby="start">
      <h2 id="start">Start a desktop</h2>
      <form method="post" action="/sessions">
        <label>
          Name <input name="name" placeholder="What it is for" maxlength={80} required />
        </label>
        <label>
          System
          <select name="system">
            <option value="linux">Linux</option>
            <option value="windows">Windows</option>
          </select>
        </label>
        <label>
          Memory
          <select name="memory">
            {[8, 16, 32, 64, 256].map((size) => <option value={size}>{size} GiB at least</option>)}
          </select>
        </label>
        <label class="box">
          <input type="checkbox" name="gpu" /> Graphics card
        </label>
        <button type="submit" class="button">Start</button>
      </form>
    </section>
  );
}

export function Problem({ title, advice }: { title: string; advice: string }): JSX.Element {
  return (
    <section class="narrow" role="alert">
      <h1>{title}</h1>
      <p>{advice}</p>
      <p>
        <a class="button" href="/">Back to your desktops</a>
      </p>
    </section>
  );
}

/** @jsxImportSource hono/jsx */
/**
 * The pages of the desktop connector: one that connects and shows the desktop, and those that say why not.
 *
 * @module
 */

import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { DesktopView } from "./desktop_view.ts";
import type { Ending } from "./ending.ts";
import { featureGroups, inShort } from "./features.ts";
import { type DesktopRefusal, REFUSALS } from "./refusals.ts";
import { ICON, STYLE } from "./style.ts";

/** A whole page; what it needs is in it, so that it works behind any proxy. */
export function Page(
  { title, script, children }: { title: string; script?: string; children: Child },
): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Simulated desktop`}</title>
        <link rel="icon" type="image/svg+xml" href={`data:image/svg+xml,${encodeURIComponent(ICON)}`} />
        <style>{raw(STYLE)}</style>
        {script !== undefined && <script type="module">{raw(script)}</script>}
      </head>
      <body>
        {children}
        <footer>
          <p>
            <strong>A simulation, not Amazon DCV.</strong>{" "}
            This page stands where the real desktop would be. It is part of the mock broker, and nothing is
            streamed.
          </p>
        </footer>
      </body>
    </html>
  );
}

/** What is seen until the connector has answered. */
export function Connecting(): JSX.Element {
  return (
    <main id="main" class="notice" data-testid="connecting">
      <h1>Connecting</h1>
      <p role="status">The session is being asked to let you in.</p>
      <noscript>
        <p>
          This page needs JavaScript: the id of the session stands behind the # in its address, and only a
          script can read that.
        </p>
      </noscript>
    </main>
  );
}

/** Why nobody comes in this way. */
export function Refusal({ code, reason }: DesktopRefusal): JSX.Element {
  const { status, title, remedy } = REFUSALS[code];
  return (
    <main id="main" class="notice" data-testid="refusal" data-code={code}>
      <Sign kind="stop" />
      <h1 tabindex={-1}>{title}</h1>
      <p role="alert" data-testid="reason">{reason}</p>
      <p>{remedy}</p>
      <p class="fine">
        Refused with status <code>{status}</code> as <code>{code}</code>
      </p>
    </main>
  );
}

/** How a connection ended. */
export function Ended({ code, reason }: Pick<Ending, "reason"> & { code: string }): JSX.Element {
  return (
    <main id="main" class="notice" data-testid="ended" data-code={code}>
      <Sign kind="end" />
      <h1 tabindex={-1}>The connection has ended</h1>
      <p role="alert" data-testid="reason">{reason}</p>
      <p>
        <button type="button" class="again" data-testid="connect-again">Connect again</button>
      </p>
    </main>
  );
}

/** The desktop, and all that is known of it. What changes is in elements with an id, which are replaced one by one. */
export function Desktop({ view }: { view: DesktopView }): JSX.Element {
  return (
    <main id="main" class="desktop" data-testid="desktop" data-session={view.id}>
      <header>
        <div>
          <h1 id="name" tabindex={-1} data-testid="session-name">{view.name}</h1>
          <p id="who" class="fine">
            You are <strong data-testid="user">{view.user}</strong>
            {view.user === view.owner ? ", the owner" : (
              <>
                , a guest of <strong>{view.owner}</strong>
              </>
            )}
          </p>
        </div>
        <p class="badge">Simulated desktop</p>
        <button type="button" class="end" data-testid="end-connection">End connection</button>
      </header>
      <div id="notices" role="status" data-testid="notices">
        {view.notices.map((notice) => <p>{notice}</p>)}
      </div>
      <div class="columns">
        <figure>
          <div class="screen">
            <img data-testid="picture" alt={`Screen of ${view.name}`} width="1280" height="800" />
          </div>
          <figcaption id="summary" data-testid="summary">{inShort(view.features)}</figcaption>
        </figure>
        <aside aria-label="About this connection">
          <Facts view={view} />
          <Others view={view} />
        </aside>
        <Features granted={view.features} />
      </div>
    </main>
  );
}

function Facts({ view }: { view: DesktopView }): JSX.Element {
  const facts: [term: string, testId: string, value: string][] = [
    ["Session", "session-id", view.id],
    ["State", "state", view.state],
    ["Type", "type", view.type],
    ["Owner", "owner", view.owner],
    ["Host", "host", view.host],
    ["System", "system", view.os],
    ["Token lets in for", "token-life", view.tokenLife],
  ];
  return (
    <section id="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">Session</h2>
      <dl>
        {facts.map(([term, testId, value]) => (
          <>
            <dt>{term}</dt>
            <dd data-testid={testId}>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function Others({ view: { others, mostClients } }: { view: DesktopView }): JSX.Element {
  const count = others.length + 1;
  return (
    <section id="others" aria-labelledby="others-title">
      <h2 id="others-title">Also here</h2>
      {others.length === 0
        ? <p class="fine">Nobody else is connected.</p>
        : (
          <ul class="people" data-testid="others">
            {others.map((user) => <li>{user}</li>)}
          </ul>
        )}
      <p class="fine" data-testid="connections">
        {count} {count === 1 ? "connection" : "connections"}
        {mostClients !== undefined && ` of ${mostClients}`}
      </p>
    </section>
  );
}

function Features({ granted }: { granted: ReadonlySet<string> }): JSX.Element {
  return (
    <section id="features" aria-labelledby="features-title" data-testid="permissions">
      <h2 id="features-title">What you may do</h2>
      <div class="groups">
        {featureGroups(granted).map(({ title, features }) => (
          <div>
            <h3>{title}</h3>
            <ul class="features">
              {Object.entries(features).map(([feature, name]) => (
                <Feature feature={feature} name={name} isAllowed={granted.has(feature)} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Feature(
  { feature, name, isAllowed }: { feature: string; name: string; isAllowed: boolean },
): JSX.Element {
  return (
    <li
      class={isAllowed ? "allowed" : "denied"}
      data-testid={`feature-${feature}`}
      data-allowed={String(isAllowed)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={isAllowed ? "M3 8.5l3.5 3.5L13 4.5" : "M4 4l8 8M12 4l-8 8"} />
      </svg>
      {name} <span class="unseen">{isAllowed ? "allowed" : "not allowed"}</span>
    </li>
  );
}

function Sign({ kind }: { kind: "stop" | "end" }): JSX.Element {
  return (
    <svg class={`sign ${kind}`} viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
      <circle cx="24" cy="24" r="21" />
      <path d={kind === "stop" ? "M14 24h20" : "M24 12v14M15.5 18a12 12 0 1 0 17 0"} />
    </svg>
  );
}

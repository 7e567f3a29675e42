/** @jsxImportSource hono/jsx */
/**
 * The connector that plays every DCV server of the fleet, and the gateway in front of them: what stands at the end of a
 * connection URL. It is a stand-in and says so.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { cors } from "hono/cors";
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import { secureHeaders } from "hono/secure-headers";
import { connectUser } from "../../simulation/connections.ts";
import { permissionsFor } from "../../simulation/granted_permissions.ts";
import type { BrokerContext } from "../broker_context.ts";
import type { ConnectorEnvironment } from "../connector_app.ts";
import { MOST_UNKNOWN_BODY_BYTES } from "../../server/request_body.ts";
import { RequestError } from "../../server/request_error.ts";
import { validateToken } from "../token_validation.ts";
import { type Attempt, checkAttempt } from "./attempt.ts";
import { connectionStream, type Rendering } from "./connection_stream.ts";
import { hostIn } from "./host_in_path.ts";
import { Connecting, Desktop, Ended, Page, Refusal } from "./pages.tsx";
import { type DesktopRefusal, REFUSALS } from "./refusals.ts";
import { PAGE_SCRIPT, SDK_MODULE, SDK_SCRIPT } from "./scripts.ts";
import { STYLE } from "./style.ts";

type Visit = Context<ConnectorEnvironment>;

/** The app behind the URLs that lead to desktops. The path in front of what it serves is a host's, or a proxy's. */
export function createDesktopConnector(broker: BrokerContext): Hono<ConnectorEnvironment> {
  const app = new Hono<ConnectorEnvironment>({ getPath: (_, options) => options!.env!.exchange.path });
  // Tokens alone decide, no cookies: so pages of any origin may embed a viewer.
  app.use(cors());
  app.get("*", async (c, next) => {
    const [script] = /\/dcv\/dcv(\.umd)?\.js$/.exec(c.req.path) ?? [];
    if (script === undefined) return await next();
    const text = script.endsWith(".umd.js") ? SDK_SCRIPT : SDK_MODULE;
    return c.body(text, 200, { "Content-Type": "text/javascript" });
  });
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [hashOf(PAGE_SCRIPT)],
      styleSrc: [hashOf(STYLE)],
      imgSrc: ["data:"],
      connectSrc: ["'self'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // The address of the page holds a token.
    referrerPolicy: "no-referrer",
    strictTransportSecurity: false,
    crossOriginResourcePolicy: false,
  }));
  app.use(async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  app.get("*", (c) => enter(c, broker));
  app.post("*", async (c, next) => {
    const [, action] = /\/mock-desktop\/(connect|authenticate)$/.exec(c.req.path) ?? [];
    if (action === undefined) return await next();
    return await (action === "connect" ? connect(c, broker) : authenticate(c, broker));
  });
  app.onError((error, c) => {
    if (error instanceof RequestError) return c.text(error.message, error.status);
    return c.text(`The mock broker failed, please report it: ${error.stack}`, 500);
  });
  app.all("*", (c) => c.text("Only GET is answered here", 405, { Allow: "GET, HEAD" }));
  return app;
}

/** Answers with the page that connects, unless it is clear already that nobody can come in this way. */
async function enter(c: Visit, broker: BrokerContext): Promise<Response> {
  const attempt = { token: c.req.query("authToken"), sessionId: undefined, host: hostIn(c.req.path, broker) };
  const outcome = await checkAttempt(broker, attempt);
  if ("code" in outcome) return refuse(c, outcome);
  const page = (
    <Page title="Connecting" script={PAGE_SCRIPT}>
      <Connecting />
      <template>
        <Ended code="" reason="" />
      </template>
    </Page>
  );
  return c.html(html`<!DOCTYPE html>${page}`);
}

/** Opens a connection, which lasts as long as somebody reads the answer. */
async function connect(c: Visit, broker: BrokerContext): Promise<Response> {
  const { simulation } = broker;
  const outcome = await checkAttempt(broker, await attemptOf(c, broker, c.req.query("sessionId") ?? ""));
  if ("code" in outcome) return refuse(c, outcome);
  const { session, claims } = outcome;
  const { world } = simulation;
  const connection = connectUser(session, claims.dcvSessionUser, true);
  if ("code" in connection) return refuse(c, connection);
  simulation.touch();
  const { user } = connection;
  const features = [...permissionsFor(session, user).features];
  record(c, { connected: { sessionId: session.id, user, features } });
  const open = { world, session, connection, claims, keyId: world.signingKeyId };
  return connectionStream(c, simulation, open, RENDERING);
}

/** Says what a token is good for, as a viewer asks before it connects. */
async function authenticate(c: Visit, broker: BrokerContext): Promise<Response> {
  const { token, sessionId } = await attemptOf(c, broker, c.req.query("sessionId"));
  const outcome = await validateToken(broker, token, sessionId);
  if ("code" in outcome) return refuse(c, outcome);
  const { dcvSessionId: id, dcvSessionUser: user } = outcome.claims;
  record(c, { authenticated: { sessionId: id, user } });
  return c.json({ sessionId: id, user });
}

async function attemptOf(c: Visit, broker: BrokerContext, sessionId: string | undefined): Promise<Attempt> {
  const form = new URLSearchParams(await c.env.exchange.body(MOST_UNKNOWN_BODY_BYTES));
  return { token: form.get("authToken"), sessionId, host: hostIn(c.req.path, broker) };
}

/** Refuses with a page, or with JSON for a program that wants that. */
function refuse(c: Visit, refusal: DesktopRefusal): Response | Promise<Response> {
  const { status, title } = REFUSALS[refusal.code];
  record(c, { refused: refusal });
  const type = accepts(c, {
    header: "Accept",
    supports: ["text/html", "application/json"],
    default: "text/html",
  });
  if (type === "application/json") return c.json(refusal, status);
  return c.html(
    html`<!DOCTYPE html>${(
      <Page title={title}>
        <Refusal {...refusal} />
      </Page>
    )}`,
    status,
  );
}

/** Lets the journal know what became of an attempt. */
function record(c: Visit, outcome: object): void {
  c.env.exchange.responseText = JSON.stringify(outcome);
}

const RENDERING: Rendering = {
  view: (view) => rendered(<Desktop view={view} />, view.name),
  ending: (ending) => rendered(<Ended {...ending} />, "Connection ended"),
};

/** As a page takes it up: a title for the window, and the content. */
function rendered(content: JSX.Element, title: string): string {
  return String(<title>{`${title} · Simulated desktop`}</title>) + String(content);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

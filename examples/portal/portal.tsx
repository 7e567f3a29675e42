/** @jsxImportSource hono/jsx */
/**
 * The portal: sign in, see your sessions and those that are shared with you, start one, open it, share it, end it.
 *
 * Whoever signs in is believed: put your own sign-in in its place.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import { secureHeaders } from "hono/secure-headers";
import { type SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { SCRIPT } from "./script.ts";
import { type Access, Sessions } from "./sessions.ts";
import { STYLE } from "./style.ts";
import { Page, Problem, SessionList, SignIn, StartForm } from "./views.tsx";

interface PortalEnvironment {
  Variables: { user: string };
}

/** A portal to the sessions of a broker, for these users. */
export function createPortal(
  client: SessionManagerClient,
  users: readonly string[],
): Hono<PortalEnvironment> {
  const sessions = new Sessions(client);
  const cookieKey = randomBytes(32).toString("hex");
  const app = new Hono<PortalEnvironment>();
  app.use(
    csrf(),
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
  );
  app.get("/style.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css" }));
  app.get("/script.js", (c) => c.body(SCRIPT, 200, { "Content-Type": "text/javascript" }));
  app.get("/sign-in", (c) => show(c, "Sign in", <SignIn users={users} />));
  app.post("/sign-in", async (c) => {
    const user = await field(c, "user");
    if (!users.includes(user)) return show(c, "Sign in", <SignIn users={users} />, 400);
    await setSignedCookie(c, "user", user, cookieKey, { httpOnly: true, sameSite: "Lax" });
    return c.redirect("/", 303);
  });

  // From here on it is known who asks.
  app.use(async (c, next) => {
    const user = await getSignedCookie(c, cookieKey, "user");
    if (!user) return c.redirect("/sign-in", 303);
    c.set("user", user);
    await next();
  });
  app.post("/sign-out", (c) => {
    deleteCookie(c, "user");
    return c.redirect("/sign-in", 303);
  });
  app.get("/", async (c) => {
    const { own, shared } = await sessions.of(c.var.user);
    return show(
      c,
      "Desktops",
      <>
        <SessionList own={own} shared={shared} others={users.filter((user) => user !== c.var.user)} />
        <StartForm />
      </>,
    );
  });
  app.post("/sessions", async (c) => {
    const form = await c.req.parseBody();
    await sessions.start(c.var.user, {
      name: String(form.name || "Desktop"),
      system: form.system === "windows" ? "windows" : "linux",
      memoryGib: Number(form.memory) || 1,
      gpu: form.gpu === "on",
    });
    return c.redirect("/", 303);
  });
  app.get("/sessions/:id/open", async (c) => {
    return c.redirect(connectionUrl(await sessions.connectionData(c.req.param("id"), c.var.user)));
  });
  app.post("/sessions/:id/share", async (c) => {
    const access = await field(c, "access");
    const guest = await field(c, "guest");
    if (!users.includes(guest)) throw new TypeError(`There is no user called ${guest}`);
    await sessions.share(c.req.param("id"), c.var.user, guest, isAccess(access) ? access : undefined);
    return c.redirect("/", 303);
  });
  app.post("/sessions/:id/end", async (c) => {
    await sessions.end(c.req.param("id"), c.var.user);
    return c.redirect("/", 303);
  });

  app.notFound((c) => show(c, "Not found", <Problem title="There is no such page" advice="" />, 404));
  app.onError((error, c) => {
    const [status, title, advice] = inPlainWords(error);
    if (status === 500) console.error(error);
    return show(c, title, <Problem title={title} advice={advice} />, status);
  });
  return app;
}

function show(
  c: Context<PortalEnvironment>,
  title: string,
  content: JSX.Element,
  status: 200 | 400 | 404 | 409 | 500 | 502 = 200,
) {
  return c.html(html`<!DOCTYPE html>${<Page title={title} user={c.var.user}>{content}</Page>}`, status);
}

async function field(c: Context, name: string): Promise<string> {
  return String((await c.req.parseBody())[name] ?? "");
}

function isAccess(text: string): text is Access {
  return text === "watch" || text === "work";
}

/** What a person can do about an error, instead of its details. */
function inPlainWords(error: Error): [status: 400 | 404 | 409 | 500 | 502, title: string, advice: string] {
  if (error instanceof TypeError) return [400, "That cannot be done", error.message];
  if (!(error instanceof SessionManagerError)) {
    return [500, "Something went wrong here", "It is in the portal's log. Please try again."];
  }
  switch (error.code) {
    case "NO_DCV_SERVER_FOUND":
      return [
        409,
        "No computer is free for that",
        "Ask for less, end a desktop, or wait until somebody else does.",
      ];
    case "SESSION_NOT_FOUND":
      return [404, "That desktop is not there", "It has ended, or it is not yours."];
    case "SESSION_NOT_READY":
      return [409, "That desktop is not ready", "Give it a few seconds more."];
    case "INVALID_REQUEST":
      return [400, "That desktop cannot be opened now", error.brokerMessage ?? "It may have ended."];
    case "CONNECTION_REFUSED":
    case "HOST_NOT_FOUND":
    case "TIMEOUT":
      return [
        502,
        "The desktops cannot be reached",
        "The broker does not answer. Please try again in a minute.",
      ];
    default:
      return [502, "That did not work", error.brokerMessage ?? error.message];
  }
}

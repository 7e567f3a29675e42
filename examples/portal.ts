/**
 * A small portal: sign in, see your sessions with screenshots, start one, open it in the browser, share it, end it.
 *
 * It needs a broker and its credentials in the environment, under the names that AWS's own command line uses:
 *
 *     DCV_SM_BROKER_URL=https://127.0.0.1:8443 DCV_SM_CA_FILE=mock-broker-ca.pem \
 *     DCV_SM_CLIENT_ID=... DCV_SM_CLIENT_PASSWORD=... deno run -A examples/portal.ts
 *
 * The same source runs on Deno, Node and Bun. Whoever signs in is believed: put your own sign-in in its place.
 *
 * @module
 */

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { html } from "hono/html";
import {
  allSuccessful,
  type Session,
  SessionManagerClient,
  SessionManagerError,
} from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { encodePermissions, shareWith, VIEW_FEATURES } from "@dcvkit/session-manager/permissions";
import { primaryImage } from "@dcvkit/session-manager/screenshots";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const { DCV_SM_BROKER_URL, DCV_SM_CA_FILE, PORT = "3000" } = process.env;
const client = new SessionManagerClient({
  ...optionsFromEnvironment(),
  brokerUrl: DCV_SM_BROKER_URL!,
  fetch: createTlsFetch(DCV_SM_CA_FILE ? { ca: await readFile(DCV_SM_CA_FILE, "utf8") } : {}),
});

const cookieKey = randomBytes(32).toString("hex");
const app = new Hono<{ Variables: { user: string } }>();
app.use(csrf());

app.get("/sign-in", (c) => {
  return c.html(
    page("Sign in", html`<form method="post"><input name="user" required> <button>Sign in</button></form>`),
  );
});

app.post("/sign-in", async (c) => {
  const { user } = await c.req.parseBody();
  await setSignedCookie(c, "user", String(user), cookieKey, { httpOnly: true, sameSite: "Strict" });
  return c.redirect("/");
});

app.use(async (c, next) => {
  const user = await getSignedCookie(c, cookieKey, "user");
  if (!user) return c.redirect("/sign-in");
  c.set("user", user);
  await next();
});

app.get("/", async (c) => {
  const sessions: Session[] = [];
  for await (const session of client.listSessions({ owner: c.var.user })) {
    if (session.State !== "DELETED") sessions.push(session);
  }
  const ready = sessions.filter(({ State }) => State === "READY");
  const { SuccessfulList } = await client.getSessionScreenshots(
    ready.map(({ Id }) => ({ SessionId: Id, MaxWidth: 320 })),
  );
  const pictures = new Map(
    SuccessfulList.map(({ SessionScreenshot: shot }) => [shot.SessionId, primaryImage(shot)]),
  );
  const items = sessions.map(({ Id, Name, State, Server }) => {
    const picture = pictures.get(Id);
    return html`<li>
      <h2>${Name || Id}</h2> ${State} ${Server?.Hostname}
      ${
      picture &&
      html`<img alt="Screenshot of ${Name}" src="data:image/${picture.Format};base64,${picture.Data}">`
    }
      <form method="post" action="/sessions/${Id}/open"><button>Open</button></form>
      <form method="post" action="/sessions/${Id}/share"><input name="guest" required> <button>Share</button></form>
      <form method="post" action="/sessions/${Id}/end"><button>End</button></form>
    </li>`;
  });
  const start =
    html`<form method="post" action="/sessions"><input name="name" required> <button>Start</button></form>`;
  return c.html(page(`Sessions of ${c.var.user}`, html`<ul>${items}</ul>${start}`));
});

app.post("/sessions", async (c) => {
  const { name } = await c.req.parseBody();
  const session = await client.createSession({ Name: String(name), Owner: c.var.user, Type: "VIRTUAL" });
  await client.waitForSession(session.Id, { signal: c.req.raw.signal });
  return c.redirect("/");
});

app.post("/sessions/:id/open", async (c) => {
  const data = await client.getSessionConnectionData(c.req.param("id"), c.var.user);
  return c.redirect(connectionUrl(data));
});

app.post("/sessions/:id/share", async (c) => {
  const { guest } = await c.req.parseBody();
  const PermissionsFile = encodePermissions(shareWith({ [String(guest)]: VIEW_FEATURES }));
  const request = { SessionId: c.req.param("id"), Owner: c.var.user, PermissionsFile };
  allSuccessful(await client.updateSessionPermissions([request]));
  return c.redirect("/");
});

app.post("/sessions/:id/end", async (c) => {
  allSuccessful(await client.deleteSessions([{ SessionId: c.req.param("id"), Owner: c.var.user }]));
  return c.redirect("/");
});

app.onError((error, c: Context) => {
  const status = error instanceof SessionManagerError ? 502 : error instanceof TypeError ? 400 : 500;
  return c.html(
    page(
      "That did not work",
      html`
        <p>${error.message}</p>
        <p><a href="/">Back</a></p>
      `,
    ),
    status,
  );
});

function page(title: string, body: unknown) {
  return html`
    <!doctype html>
    <html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>
  `;
}

serve({ fetch: app.fetch, port: Number(PORT), hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`The portal is on http://127.0.0.1:${port}`);
});

// A back end for a portal: its page asks these routes, and never the broker.
import { SessionManagerError } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { Hono } from "hono";

/** @param {import("@dcvkit/session-manager").SessionManagerClient} client */
export function createApp(client) {
  const app = new Hono();

  // Whoever says a name is believed: put your own sign-in here.
  app.use(async (c, next) => {
    const user = c.req.header("X-User");
    if (!user) return c.json({ error: "Sign in first" }, 401);
    c.set("user", user);
    await next();
  });

  app.get("/desktops", async (c) => c.json(await client.listSessions({ owner: c.get("user") }).toArray()));

  app.post("/desktops", async (c) => {
    const { name } = await c.req.json();
    return c.json(await client.createSession({ Name: name, Owner: c.get("user"), Type: "VIRTUAL" }), 201);
  });

  app.post("/desktops/:id/connections", async (c) => {
    const data = await client.getSessionConnectionData(c.req.param("id"), c.get("user"));
    return c.json({ url: connectionUrl(data) }, 201);
  });

  app.onError((error, c) => {
    if (!(error instanceof SessionManagerError)) throw error;
    return c.json({ error: error.message, code: error.code }, error.status === 400 ? 400 : 502);
  });
  return app;
}

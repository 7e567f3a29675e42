// A back end for a portal: its page asks these routes, and never the broker.
import { SessionManagerError } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import express from "express";

/** @param {import("@dcvkit/session-manager").SessionManagerClient} client */
export function createApp(client) {
  const app = express();
  app.use(express.json());

  // Whoever says a name is believed: put your own sign-in here.
  app.use((request, response, next) => {
    response.locals.user = request.get("X-User");
    if (response.locals.user) next();
    else response.status(401).json({ error: "Sign in first" });
  });

  app.get("/desktops", async (_request, response) => {
    response.json(await client.listSessions({ owner: response.locals.user }).toArray());
  });

  app.post("/desktops", async (request, response) => {
    const { user } = response.locals;
    const session = await client.createSession({ Name: request.body.name, Owner: user, Type: "VIRTUAL" });
    response.status(201).json(session);
  });

  app.post("/desktops/:id/connections", async (request, response) => {
    const data = await client.getSessionConnectionData(request.params.id, response.locals.user);
    response.status(201).json({ url: connectionUrl(data) });
  });

  app.use((error, _request, response, next) => {
    if (!(error instanceof SessionManagerError)) return next(error);
    response.status(error.status === 400 ? 400 : 502).json({ error: error.message, code: error.code });
  });
  return app;
}

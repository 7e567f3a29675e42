/** @jsxImportSource hono/jsx */
/**
 * The page under `/_mock/console`: the world and the journal to look at, and forms to change what happens.
 *
 * The server renders every view whole; a small script keeps it up to date. Without the script all of it works too,
 * one view at a time.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import type { JSX } from "hono/jsx/jsx-runtime";
import { NotFoundError } from "../control/not_found_error.ts";
import type { ServerBindings } from "../server/server_bindings.ts";
import { RequestError } from "../server/request_error.ts";
import type { BrokerControl } from "../control/broker_control.ts";
import { type Action, ACTIONS, type Means } from "./actions.ts";
import { BrokerCalls } from "./broker_calls.ts";
import { desktopUrl } from "./desktop_url.ts";
import { Fields } from "./fields.ts";
import { readForm } from "./form_data.ts";
import { entryWithId, textOf } from "./journal/texts.ts";
import { Layout } from "./layout.tsx";
import { QUESTIONS } from "./questions.ts";
import { SCRIPT } from "./scripts.ts";
import { CA_FILE } from "./snippets.ts";
import { ICON, STYLE } from "./style.ts";
import { Undo } from "./undo.ts";
import { linkTo, numberIn, type View } from "./view.ts";
import { contentOf } from "./views.tsx";
import { PendingFile } from "./world_files.ts";

interface ConsoleEnvironment {
  Bindings: ServerBindings & { readonly path: string };
}

/** Where the page is within the broker's paths. */
const PLACE = "/_mock/console";

/** The app that answers what is under `/_mock/console`. */
export function createConsoleApp(broker: BrokerControl): Hono<ConsoleEnvironment> {
  const app = new Hono<ConsoleEnvironment>({ getPath: (_, options) => options!.env!.path }).basePath(PLACE);
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "same-origin",
    // Another program may be on this machine without HTTPS.
    strictTransportSecurity: false,
  }));
  app.get("/style.css", (c) => c.body(STYLE, 200, { "Content-Type": "text/css" }));
  app.get("/script.js", (c) => c.body(SCRIPT, 200, { "Content-Type": "text/javascript" }));
  app.get("/icon.svg", (c) => c.body(ICON, 200, { "Content-Type": "image/svg+xml" }));
  app.get(`/${CA_FILE}`, (c) => {
    const { ca } = viewOf(c, broker).reached;
    if (ca === undefined) throw new NotFoundError("This server shows no certificate of the mock's own");
    return c.body(ca, 200, { "Content-Type": "application/x-pem-file" });
  });
  app.get("/screenshots/:id", async (c) => {
    const width = numberIn(viewOf(c, broker), "width") ?? 160;
    const png = await broker.sessions.screenshot(c.req.param("id"), { maxWidth: width, maxHeight: width });
    return c.body(png.slice().buffer, 200, { "Content-Type": "image/png" });
  });
  app.get("/journal/:id/:name{\\w+\\.txt}", (c) => {
    const entry = entryWithId(broker, c.req.param("id"));
    const text = textOf(broker, entry, c.req.param("name").replace(".txt", ""));
    return c.body(text, 200, { "Content-Type": "text/plain; charset=utf-8" });
  });
  const calls = new BrokerCalls(broker);
  app.get("/desktops/:id", (c) => openDesktop(c, broker, calls));
  const means = { undo: new Undo(broker), files: new PendingFile(), calls };
  app.post("/actions/reveal", (c) => show(c, { ...viewOf(c, broker), path: "/connect", isRevealed: true }));
  app.post("/actions/:action", (c) => act(c, broker, means));
  app.get("*", (c) => show(c, viewOf(c, broker)));
  app.onError((error, c) => {
    if (!(error instanceof NotFoundError)) throw error;
    return c.text(error.message, 404);
  });
  return app;
}

/** Leads to the desktop of a session, as its owner. A page of another site must not make tokens by links. */
async function openDesktop(
  c: Context<ConsoleEnvironment>,
  broker: BrokerControl,
  calls: BrokerCalls,
): Promise<Response> {
  const site = c.req.header("Sec-Fetch-Site") ?? "none";
  if (site !== "none" && site !== "same-origin") {
    return c.text("Desktops are opened from the page of this broker only", 403);
  }
  const { id, owner } = broker.sessions.get(c.req.param("id") ?? "");
  try {
    const data = await calls.connectionData(id, owner);
    return c.redirect(desktopUrl(data), 303);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const view = { ...viewOf(c, broker), path: `/sessions/${encodeURIComponent(id)}` };
    return show(c, { ...view, message: { isError: true, text: `Not done. ${error.message}` } }, 400);
  }
}

/** Does what a form asks for, or asks back, and goes back to where the form was. */
async function act(
  c: Context<ConsoleEnvironment>,
  broker: BrokerControl,
  means: Means,
): Promise<Response> {
  let view = viewOf(c, broker);
  try {
    const values = await readForm(c.req.raw);
    const [path = "", search = ""] = (values.get("back") ?? "").split("?");
    const query = Object.fromEntries(new URLSearchParams(search));
    view = { ...view, path: path + (search && `?${search}`), query };
    const name = c.req.param("action") ?? "";
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new NotFoundError(`There is no such action: ${name}`);
    const fields = new Fields(values);
    const question = fields.isTicked("confirmed")
      ? undefined
      : await QUESTIONS.get(name)?.(broker, fields, means);
    if (question) {
      const others = [...values].filter(([field]) => field !== "back");
      return show(c, { ...view, question: { does: name, fields: others, ...question } });
    }
    const { before, result } = await carriedOut(action, broker, fields, means);
    const told = { done: name, undo: before };
    const target = action.leadsTo
      ? linkTo(view, action.leadsTo(result), told)
      : linkTo(view, path, { ...query, ...told });
    return c.redirect(target, 303);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RequestError)) throw error;
    const now = broker.clock.now.getTime();
    return show(c, { ...view, now, message: { isError: true, text: `Not done. ${error.message}` } }, 400);
  }
}

/** Does it, and keeps the world of before where that can be gone back to. */
async function carriedOut(action: Action, broker: BrokerControl, fields: Fields, means: Means) {
  let result: unknown;
  const act = async () => {
    result = await action.act(broker, fields, means);
  };
  const { isUndoable = false } = action;
  const isKept = typeof isUndoable === "boolean" ? isUndoable : isUndoable(broker, fields);
  const before = isKept ? await means.undo.change(act) : void await act();
  return { before, result };
}

/** Renders a view; what it is to show may be gone. */
function show(
  c: Context<ConsoleEnvironment>,
  view: View,
  status: 200 | 400 = 200,
): Response | Promise<Response> {
  const state = view.broker.state();
  const page = (title: string, content: JSX.Element, answer: 200 | 400 | 404 = status) =>
    c.html(
      html`<!DOCTYPE html>${<Layout view={view} state={state} title={title}>{content}</Layout>}`,
      answer,
    );
  try {
    const [title, content] = contentOf(view, state);
    return page(title, content);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return page("Not found", <p>{error.message}</p>, 404);
  }
}

/** The path in the URL may begin with the name of a world, which the path within the broker does not. */
function viewOf(c: Context<ConsoleEnvironment>, broker: BrokerControl): View {
  const { pathname, search, origin } = new URL(c.req.url);
  const world = pathname.slice(0, pathname.indexOf(PLACE));
  const base = world + PLACE;
  const query = c.req.query();
  const { done, undo, ...others } = query;
  const text = done !== undefined && Object.hasOwn(ACTIONS, done) ? ACTIONS[done]!.done : undefined;
  const path = pathname.slice(base.length).replace(/\/$/, "");
  const back = done === undefined ? search : linkTo({ base: "" } as View, "", others);
  const { ca, hasDesktops = false } = c.env.server ?? {};
  return {
    broker,
    base,
    path: path + back,
    query: others,
    reached: { origin, url: origin + world, ca, hasDesktops },
    now: broker.clock.now.getTime(),
    message: text === undefined ? undefined : { isError: false, text, undo },
  };
}

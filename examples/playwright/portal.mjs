// A portal in thirty lines. Put your own in its place.
import { createServer } from "node:http";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";

const brokerUrl = process.env.BROKER_URL;
const client = new SessionManagerClient({ brokerUrl, ...optionsFromEnvironment() });

createServer(async (request, response) => {
  const [, user, sessionId] = request.url.split("/");
  try {
    if (sessionId) {
      const data = await client.getSessionConnectionData(sessionId, user);
      response.writeHead(302, { Location: connectionUrl(data) }).end();
    } else {
      const links = [];
      for await (const { Id, Name, Owner } of client.listSessions()) {
        links.push(`<li><a href="/${user}/${Id}">Connect to ${Name} of ${Owner}</a></li>`);
      }
      const page = `<!DOCTYPE html><html lang="en"><title>Portal</title><ul>${links.join("")}</ul></html>`;
      response.writeHead(200, { "Content-Type": "text/html" }).end(page);
    }
  } catch (error) {
    response.writeHead(502).end(error.message);
  }
}).listen(3000, "127.0.0.1");

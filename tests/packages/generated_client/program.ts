/**
 * Makes every call of the broker's API with a client that openapi-fetch and openapi-typescript make from the served
 * OpenAPI file. It knows nothing of this project.
 *
 * @module
 */

import createClient from "openapi-fetch";
import process from "node:process";
import type { paths } from "./broker.d.ts";

const [baseUrl, clientId, clientSecret] = process.argv.slice(2) as [string, string, string];
const basic = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
const tokenUrl = `${baseUrl}/oauth2/token?grant_type=client_credentials`;
const token = await (await fetch(tokenUrl, { method: "POST", headers: { Authorization: basic } })).json();
const headers = { Authorization: `Bearer ${token.access_token}` };
const { GET, POST, PUT } = createClient<paths>({ baseUrl, headers });

/** The data of an answer; the program ends with the error of any other. */
function dataOf<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const created = dataOf(
  await POST("/createSessions", { body: [{ Name: "dev", Owner: "ana", Type: "VIRTUAL" }] }),
);
const sessionId = created.SuccessfulList![0]!.Id!;
const Filters = [{ Key: "owner", Value: "ana" }];
let described = dataOf(await POST("/describeSessions", { body: { Filters } }));
for (let looks = 0; described.Sessions?.[0]?.State !== "READY"; looks++) {
  if (looks === 100) throw new Error(JSON.stringify(described));
  await new Promise((resolve) => setTimeout(resolve, 20));
  described = dataOf(await POST("/describeSessions", { body: { Filters } }));
}
const serverId = described.Sessions![0]!.Server!.Id!;
const path = { sessionId, user: "ana" };
const connection = dataOf(await GET("/sessionConnectionData/{sessionId}/{user}", { params: { path } }));
const pictures = dataOf(
  await POST("/getSessionScreenshots", { body: [{ SessionId: sessionId, MaxWidth: 320 }] }),
);
const permissions = dataOf(
  await PUT("/sessionPermissions", {
    body: [{ SessionId: sessionId, Owner: "ana", PermissionsFile: "W10=" }],
  }),
);
const servers = dataOf(await POST("/describeServers", { body: { ServerIds: [serverId] } }));
const closed = dataOf(await POST("/closeServers", { body: [{ ServerId: serverId }] }));
const forced = dataOf(await POST("/closeServers", { body: [{ ServerId: serverId, Force: true }] }));
const opened = dataOf(await POST("/openServers", { body: [{ ServerId: serverId }, { ServerId: "none" }] }));
const deleted = dataOf(
  await POST("/deleteSessions", { body: [{ SessionId: sessionId, Owner: "ana", Force: true }] }),
);

console.log(JSON.stringify([
  connection.ConnectionToken?.split(".").length,
  pictures.SuccessfulList?.[0]?.SessionScreenshot?.Images?.[0]?.Format,
  permissions.SuccessfulList?.length,
  servers.Servers?.[0]?.Host?.Os?.Family,
  closed.UnsuccessfulList?.[0]?.FailureCode,
  forced.SuccessfulList?.length,
  opened.UnsuccessfulList?.[0]?.FailureReason,
  deleted.SuccessfulList?.[0]?.State,
]));

import assert from "node:assert/strict";
import type {
  CloseServersResponse,
  DeleteSessionsResponse,
  GetSessionConnectionDataResponse,
  GetSessionScreenshotsResponse,
  OpenServersResponse,
  UpdateSessionPermissionsResponse,
} from "@dcvkit/session-manager";
import { type BrokerUnderTest, NotTestable } from "../broker_under_test.ts";
import { type Section, UNKNOWN_ID, UUID } from "../check.ts";

const DOES_NOT_EXIST = "The requested dcvSession does not exist";

/** Who joins nothing: the file allows what is allowed anyway. */
const PERMISSIONS_FILE = btoa("[permissions]\n%owner% allow builtin\n");

async function deletionOf(broker: BrokerUnderTest, SessionId: string, Owner = broker.owner) {
  const items = [{ SessionId, Owner, Force: false }];
  return (await broker.call<DeleteSessionsResponse>("deleteSessions", items)).body;
}

export const deleteSessions: Section = {
  section: "DeleteSessions",
  checks: {
    "A success is `DELETING`; `DELETED` comes later": async (broker) => {
      const { Id } = await broker.newReadySession();
      assert.deepEqual((await deletionOf(broker, Id)).SuccessfulList, [{ SessionId: Id, State: "DELETING" }]);
    },
    "An unknown session is `The requested dcvSession does not exist`": async (broker) => {
      const [failure] = (await deletionOf(broker, UNKNOWN_ID)).UnsuccessfulList ?? [];
      assert.deepEqual(failure, { SessionId: UNKNOWN_ID, FailureReason: DOES_NOT_EXIST });
    },
    "So is another owner's": async (broker) => {
      const { Id } = await broker.readySession();
      const [failure] = (await deletionOf(broker, Id, "somebody else")).UnsuccessfulList ?? [];
      assert.equal(failure?.FailureReason, DOES_NOT_EXIST);
    },
  },
};

async function updateOf(broker: BrokerUnderTest, item: { SessionId: string; PermissionsFile: string }) {
  const items = [{ Owner: broker.owner, ...item }];
  return (await broker.call<UpdateSessionPermissionsResponse>("sessionPermissions", items, "PUT")).body;
}

export const updateSessionPermissions: Section = {
  section: "UpdateSessionPermissions",
  checks: {
    "A success is the id alone; the request takes base64 in `PermissionsFile`": async (broker) => {
      const { Id } = await broker.readySession();
      const { SuccessfulList } = await updateOf(broker, { SessionId: Id, PermissionsFile: PERMISSIONS_FILE });
      assert.deepEqual(SuccessfulList, [{ SessionId: Id }]);
    },
    "An unknown session and another owner's fail in the words of DeleteSessions": async (broker) => {
      const item = { SessionId: UNKNOWN_ID, PermissionsFile: PERMISSIONS_FILE };
      const { UnsuccessfulList } = await updateOf(broker, item);
      assert.equal(UnsuccessfulList?.[0]?.FailureReason, DOES_NOT_EXIST);
    },
    "What is not base64 fails its item": async (broker) => {
      const { Id } = await broker.readySession();
      const { UnsuccessfulList } = await updateOf(broker, { SessionId: Id, PermissionsFile: "not base64!" });
      assert.equal(UnsuccessfulList?.length, 1);
    },
  },
};

/** A part of a JSON Web Token. */
function decoded(token: string | undefined, part: 0 | 1): Record<string, unknown> {
  const base64 = String(token).split(".")[part]!.replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(atob(base64));
}

async function connectionTokenOf(broker: BrokerUnderTest, user = broker.owner): Promise<string | undefined> {
  const { Id } = await broker.readySession();
  return (await broker.connectionData<GetSessionConnectionDataResponse>(Id, user)).body.ConnectionToken;
}

export const getSessionConnectionData: Section = {
  section: "GetSessionConnectionData",
  checks: {
    "The answer is `Session` and `ConnectionToken`, without `RequestId`": async (broker) => {
      const { Id } = await broker.readySession();
      const { body } = await broker.connectionData(Id, broker.owner);
      assert.deepEqual(Object.keys(body).sort(), ["ConnectionToken", "Session"]);
    },
    "The token is an RS256 JWT with six claims and a UUID as key id": async (broker) => {
      const token = await connectionTokenOf(broker);
      const { alg, kid } = decoded(token, 0);
      assert.equal(alg, "RS256");
      assert.match(String(kid), UUID);
      assert.deepEqual(Object.keys(decoded(token, 1)).sort(), [
        ...["dcvSessionId", "dcvSessionOwner", "dcvSessionUser", "exp", "iat", "jti"],
      ]);
    },
    "It lasts `connect-session-token-duration-minutes` (60)": async (broker) => {
      const { iat, exp } = decoded(await connectionTokenOf(broker), 1);
      assert.equal(Number(exp) - Number(iat), 3600);
    },
    "Each call mints a new one": async (broker) => {
      assert.notEqual(await connectionTokenOf(broker), await connectionTokenOf(broker));
    },
    "The user is not checked against anything, and may hold any character": async (broker) => {
      const user = "DOMAIN\\nobody here/100%";
      const token = await connectionTokenOf(broker, user);
      assert.equal(decoded(token, 1).dcvSessionUser, user);
    },
    "An unknown session is 400 with the sentence of DeleteSessions": async (broker) => {
      const { status, text } = await broker.connectionData(UNKNOWN_ID, broker.owner);
      assert.equal(status, 400);
      assert.ok(text.includes(DOES_NOT_EXIST), text);
    },
  },
};

async function screenshotOf(
  broker: BrokerUnderTest,
  request: { MaxWidth?: number; MaxHeight?: number } = {},
) {
  const { Id } = await broker.readySession();
  const { body, text } = await broker.call<GetSessionScreenshotsResponse>("getSessionScreenshots", [
    { SessionId: Id, ...request },
  ]);
  const [image] = body.SuccessfulList?.[0]?.SessionScreenshot?.Images ?? [];
  if (image === undefined) throw new NotTestable(`There is no screenshot: ${text.slice(0, 200)}`);
  return image;
}

/** Width and height in the header of a PNG file. */
function sizeOf(base64: string): [number, number] {
  const header = new DataView(Uint8Array.from(atob(base64).slice(0, 24), (c) => c.charCodeAt(0)).buffer);
  return [header.getUint32(16), header.getUint32(20)];
}

async function pngSizeOf(broker: BrokerUnderTest, request?: { MaxWidth: number; MaxHeight: number }) {
  const { Format, Data } = await screenshotOf(broker, request);
  if (Format !== "png") throw new NotTestable(`The screenshot is ${Format}`);
  return sizeOf(Data!);
}

export const getSessionScreenshots: Section = {
  section: "GetSessionScreenshots",
  checks: {
    "`SessionScreenshot` with an image as png or jpeg in base64, for the primary display": async (broker) => {
      const { Format, Primary, Data } = await screenshotOf(broker);
      assert.match(String(Format), /^(png|jpeg)$/);
      assert.equal(Primary, true);
      assert.match(atob(Data!).slice(0, 4), Format === "png" ? /PNG/ : /^\xff\xd8/);
    },
    "160 by 100 unless `MaxWidth` and `MaxHeight` say otherwise": async (broker) => {
      const [width, height] = await pngSizeOf(broker);
      assert.ok(width === 160 && height <= 100 || width <= 160 && height === 100, `${width} by ${height}`);
      const [smaller] = await pngSizeOf(broker, { MaxWidth: 80, MaxHeight: 100 });
      assert.ok(smaller <= 80, `${smaller} wide`);
    },
    "An unknown session is `Dcv session not found.`": async (broker) => {
      const { body } = await broker.call<GetSessionScreenshotsResponse>("getSessionScreenshots", [
        { SessionId: UNKNOWN_ID },
      ]);
      assert.equal(body.UnsuccessfulList?.[0]?.FailureReason, "Dcv session not found.");
    },
    "As many sessions as are asked for": async (broker) => {
      const six = Array.from({ length: 6 }, () => ({ SessionId: UNKNOWN_ID }));
      const { body } = await broker.call<GetSessionScreenshotsResponse>("getSessionScreenshots", six);
      assert.equal(body.UnsuccessfulList?.length, 6);
    },
  },
};

/** Only what changes nothing: a real fleet must not lose a server to a test. */
export const openAndCloseServers: Section = {
  section: "OpenServers and CloseServers",
  checks: {
    "An unknown server is `DCV_SERVER_NOT_FOUND`, `Dcv server not found.`": async (broker) => {
      const { body } = await broker.call<OpenServersResponse>("openServers", [{ ServerId: UNKNOWN_ID }]);
      const { FailureCode, FailureReason } = body.UnsuccessfulList![0]!;
      assert.deepEqual([FailureCode, FailureReason], ["DCV_SERVER_NOT_FOUND", "Dcv server not found."]);
    },
    "A failure of CloseServers echoes `CloseServerRequestData`; the guide's sample has the other key": async (
      broker,
    ) => {
      const { body } = await broker.call<CloseServersResponse>("closeServers", [{ ServerId: UNKNOWN_ID }]);
      assert.ok(
        "CloseServerRequestData" in body.UnsuccessfulList![0]!,
        JSON.stringify(body.UnsuccessfulList),
      );
    },
    "Opening an open server is a success": async (broker) => {
      const { Server } = await broker.readySession();
      if (Server?.Availability !== "AVAILABLE") throw new NotTestable("The session's server is not open");
      const items = [{ ServerId: Server.Id }];
      const { body } = await broker.call<OpenServersResponse>("openServers", items);
      assert.deepEqual(body.SuccessfulList, items);
    },
  },
};

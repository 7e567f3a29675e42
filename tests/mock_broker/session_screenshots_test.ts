import { assertEquals } from "@std/assert";
import lodepng from "@cwasm/lodepng";
import turbo from "@cwasm/jpeg-turbo";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

function createPopulatedBroker(properties: MockBrokerOptions["properties"] = {}) {
  const broker = createBroker({
    servers: [{ hostname: "node", maxConcurrentSessionsPerUser: 10 }, {
      hostname: "tiny",
      resolution: { width: 120, height: 60 },
    }],
    sessions: [
      ...["s1", "s2", "s3", "s4", "s5", "s6"].map((id) => ({ id, owner: "ana", server: "node" })),
      { id: "small", owner: "ana", server: "tiny" },
    ],
    properties,
  });
  return { broker, call: new Caller(broker) };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

async function sizeOf(call: Caller, request: { MaxWidth?: number; MaxHeight?: number }, SessionId = "s1") {
  const { SuccessfulList: [success] } = await call.getSessionScreenshots([{ SessionId, ...request }]);
  const { width, height } = lodepng.decode(bytesOf(success!.SessionScreenshot.Images[0]!.Data));
  return [width, height];
}

Deno.test("getSessionScreenshots answers with one image of the primary display, a PNG file in base64", async () => {
  const { broker, call } = createPopulatedBroker();
  broker.advance(1_234);
  const answer = await call.getSessionScreenshots([{ SessionId: "s1" }]);
  const { SuccessfulList: [success], UnsuccessfulList } = answer;
  const { SessionId, Images: [image, ...more] } = success!.SessionScreenshot;
  assertEquals([SessionId, more, UnsuccessfulList], ["s1", [], []]);
  assertEquals([image!.Format, image!.Primary], ["png", true]);
  assertEquals(image!.CreationTime, "2026-01-01T00:00:01.234Z");
  assertEquals(bytesOf(image!.Data).slice(1, 4), new TextEncoder().encode("PNG"));
});

Deno.test("screenshots fit into 160 by 100 pixels unless more or less is asked for", async () => {
  const { call } = createPopulatedBroker();
  assertEquals(await sizeOf(call, {}), [160, 100]);
  assertEquals(await sizeOf(call, { MaxWidth: 80 }), [80, 50]);
  assertEquals(await sizeOf(call, { MaxHeight: 50 }), [80, 50]);
  assertEquals(await sizeOf(call, { MaxWidth: 800, MaxHeight: 600 }), [800, 500]);
  assertEquals(await sizeOf(call, { MaxWidth: 1, MaxHeight: 1 }), [1, 1]);
});

Deno.test("screenshots are never larger than the session's display", async () => {
  const { call } = createPopulatedBroker();
  assertEquals(await sizeOf(call, { MaxWidth: 1_000_000_000, MaxHeight: 1_000_000_000 }), [1920, 1200]);
  assertEquals(await sizeOf(call, {}, "small"), [120, 60]);
});

Deno.test("null for a size is the default", async () => {
  const { call } = createPopulatedBroker();
  const request = [{ SessionId: "s1", MaxWidth: null, MaxHeight: null }];
  assertEquals((await call.getSessionScreenshots(request)).SuccessfulList.length, 1);
});

Deno.test("size and format of screenshots are broker properties", async () => {
  const { call } = createPopulatedBroker({
    "session-screenshot-max-width": 800,
    "session-screenshot-max-height": 400,
    "session-screenshot-format": "jpeg",
  });
  const { SuccessfulList: [success] } = await call.getSessionScreenshots([{ SessionId: "s1" }]);
  const [image] = success!.SessionScreenshot.Images;
  assertEquals(image!.Format, "jpeg");
  const { width, height } = turbo.decode(bytesOf(image!.Data));
  assertEquals([width, height], [640, 400]);
});

Deno.test("getSessionScreenshots answers for each session, and says which it does not find", async () => {
  const { call } = createPopulatedBroker();
  const answer = await call.getSessionScreenshots([
    { SessionId: "nope", MaxWidth: 10 },
    { SessionId: "s2" },
    { SessionId: "s1" },
    { SessionId: "s2" },
  ]);
  const shown = answer.SuccessfulList.map(({ SessionScreenshot }) => SessionScreenshot.SessionId);
  assertEquals(shown, ["s2", "s1", "s2"]);
  assertEquals(answer.UnsuccessfulList, [{
    GetSessionScreenshotRequestData: { SessionId: "nope", MaxWidth: 10 },
    FailureReason: "Dcv session not found.",
  }]);
});

Deno.test("there is no screenshot of a session that is not READY", async () => {
  const { broker, call } = createPopulatedBroker();
  const reason = async (SessionId: string) => {
    const { UnsuccessfulList: [failure] } = await call.getSessionScreenshots([{ SessionId }]);
    return failure!.FailureReason;
  };
  const { Id } = await call.createSession({ Owner: "ben" });
  assertEquals(await reason(Id), "Dcv session is not in READY state: CREATING.");
  broker.hosts.setDcvHealth("tiny", false);
  assertEquals(await reason("small"), "Dcv session is not in READY state: UNKNOWN.");
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(10_000);
  assertEquals(await reason("s1"), "Dcv session not found.");
});

Deno.test("getSessionScreenshots answers for as many sessions as are asked for at once", async () => {
  const { call } = createPopulatedBroker();
  const requests = ["s1", "s2", "s3", "s4", "s5", "s6"].map((SessionId) => ({ SessionId }));
  const answer = await call.getSessionScreenshots(requests);
  const shown = answer.SuccessfulList.map(({ SessionScreenshot }) => SessionScreenshot.SessionId);
  assertEquals([shown, answer.UnsuccessfulList], [["s1", "s2", "s3", "s4", "s5", "s6"], []]);
});

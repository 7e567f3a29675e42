import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { decodeBase64 } from "@std/encoding/base64";
import { type GetSessionScreenshotRequestData, SessionManagerError } from "../../mod.ts";
import { imageBytes, primaryImage, takeScreenshots } from "../../src/screenshots.ts";
import { failure, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

const requests = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ SessionId: `s-${i}`, MaxWidth: 640 }));

let requestId = 0;

/** Gives a picture of each session with an even number. */
const CAMERA: StubAnswer = ({ body }) => {
  const items = body as GetSessionScreenshotRequestData[];
  const isEven = ({ SessionId }: GetSessionScreenshotRequestData) => Number(SessionId.slice(2)) % 2 === 0;
  return Response.json({
    RequestId: `r-${++requestId}`,
    SuccessfulList: items.filter(isEven).map(({ SessionId }) => ({
      SessionScreenshot: { SessionId, Images: [] },
    })),
    UnsuccessfulList: items.filter((item) => !isEven(item)).map((item) => ({
      GetSessionScreenshotRequestData: item,
      FailureReason: "Dcv session not found.",
    })),
  });
};

/** A broker from before 2024.0. */
const OLD_CAMERA: StubAnswer = (request) =>
  /Max/.test(JSON.stringify(request.body))
    ? failure(400, 'Unrecognized field "MaxWidth"')(request)
    : CAMERA(request);

Deno.test("screenshots are asked for five sessions at a time, and put together in order", async () => {
  const broker = new StubBroker(CAMERA);
  requestId = 0;
  const answer = await broker.client().getSessionScreenshots(requests(12));
  assertEquals(broker.requests.map(({ body }) => (body as unknown[]).length), [5, 5, 2]);
  assertEquals(
    answer.SuccessfulList.map(({ SessionScreenshot }) => SessionScreenshot.SessionId),
    ["s-0", "s-2", "s-4", "s-6", "s-8", "s-10"],
  );
  assertEquals(answer.UnsuccessfulList.length, 6);
  assertEquals(answer.RequestId, "r-1");
});

Deno.test("no sessions need no request", async () => {
  const broker = new StubBroker(CAMERA);
  const answer = await broker.client().getSessionScreenshots([]);
  assertEquals([answer, broker.requests], [{ SuccessfulList: [], UnsuccessfulList: [] }, []]);
});

Deno.test("a lot that fails as a whole is an error", async () => {
  const client = new StubBroker([CAMERA, failure(400, "Invalid input")]).client();
  await assertRejects(() => client.getSessionScreenshots(requests(6)), SessionManagerError, "Invalid input");
});

Deno.test("takeScreenshots() leaves the size out for a broker that does not know it", async () => {
  const broker = new StubBroker(OLD_CAMERA);
  const answer = await takeScreenshots(broker.client(), [{
    SessionId: "s-0",
    MaxWidth: 640,
    MaxHeight: 480,
  }]);
  assertEquals(broker.requests.at(-1)?.body, [{ SessionId: "s-0" }]);
  assertEquals(answer.SuccessfulList.length, 1);
});

Deno.test("takeScreenshots() asks a newer broker once", async () => {
  const broker = new StubBroker(CAMERA);
  await takeScreenshots(broker.client(), requests(1));
  assertEquals(broker.requests.length, 1);
});

Deno.test("takeScreenshots() does not retreat from any other error", async () => {
  const broker = new StubBroker(failure(400, 'Unrecognized field "Colour"'));
  await assertRejects(() => takeScreenshots(broker.client(), requests(1)), SessionManagerError, "Colour");
  assertEquals(broker.requests.length, 1);
});

Deno.test("primaryImage() is the primary display's, or the first", () => {
  const left = { Format: "png", Data: "bGVmdA==", Primary: false };
  const right = { Format: "png", Data: "cmlnaHQ=", Primary: true };
  assertStrictEquals(primaryImage({ SessionId: "s", Images: [left, right] }), right);
  assertStrictEquals(primaryImage({ SessionId: "s", Images: [left] }), left);
  assertEquals(primaryImage({ SessionId: "s", Images: [] }), undefined);
});

Deno.test("imageBytes() decodes every byte", () => {
  const Data = btoa(String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i)));
  assertEquals(imageBytes({ Format: "png", Data }), decodeBase64(Data));
});

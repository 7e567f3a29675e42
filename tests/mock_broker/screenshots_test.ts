import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import turbo from "@cwasm/jpeg-turbo";
import lodepng from "@cwasm/lodepng";
import fc from "fast-check";
import { MockBroker } from "@dcvkit/mock-broker";

import {
  type ImageFormat,
  renderScreenshot,
  type ScreenshotOptions,
} from "../../mock_broker/screenshots/screenshot.ts";

const SESSION: ScreenshotOptions = {
  sessionId: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
  name: "CAD workstation",
  owner: "maria",
  os: "linux",
  state: "READY",
  time: Date.UTC(2026, 0, 31, 9, 30, 5),
  resolution: { width: 1280, height: 800 },
};

interface Image {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Decodes with lodepng and libjpeg-turbo, which share no code with what encoded. */
function decode(bytes: Uint8Array, format: ImageFormat = "png"): Image {
  return format === "png" ? lodepng.decode(bytes) : turbo.decode(bytes);
}

async function screenshot(options: Partial<ScreenshotOptions> = {}): Promise<Image> {
  const merged = { ...SESSION, ...options };
  return decode(await renderScreenshot(merged), merged.format);
}

async function sizeOf(
  resolution: [number, number],
  maxima: [number, number] | [],
): Promise<[width: number, height: number]> {
  const { width, height } = await screenshot({
    resolution: { width: resolution[0], height: resolution[1] },
    maxWidth: maxima[0],
    maxHeight: maxima[1],
  });
  return [width, height];
}

/** The share of pixels that differ visibly. */
function difference(one: Image, other: Image): number {
  let differing = 0;
  for (let offset = 0; offset < one.data.length; offset += 4) {
    const apart = [0, 1, 2].some((channel) =>
      Math.abs(one.data[offset + channel]! - other.data[offset + channel]!) > 48
    );
    if (apart) differing++;
  }
  return differing / (one.data.length / 4);
}

Deno.test("renderScreenshot() fits the broker's 160 by 100 by default", async () => {
  assertEquals(await sizeOf([1280, 800], []), [160, 100]);
  assertEquals(await sizeOf([1920, 1080], []), [160, 90]);
  assertEquals(await sizeOf([1024, 768], []), [133, 100]);
});

Deno.test("renderScreenshot() keeps the display's proportions within both maxima", async () => {
  assertEquals(await sizeOf([1280, 960], [640, 480]), [640, 480]);
  assertEquals(await sizeOf([1280, 960], [640, 10_000]), [640, 480]);
  assertEquals(await sizeOf([1280, 960], [10_000, 480]), [640, 480]);
  assertEquals(await sizeOf([600, 1200], [300, 300]), [150, 300]);
  assertEquals(await sizeOf([1920, 1080], [1, 1]), [1, 1]);
  assertEquals(await sizeOf([8192, 1], [100, 100]), [100, 1]);
});

Deno.test("renderScreenshot() is never larger than the display", async () => {
  assertEquals(await sizeOf([800, 600], [1280, 960]), [800, 600]);
  assertEquals(await sizeOf([120, 80], []), [120, 80]);
  assertEquals(await sizeOf([1, 1], [2 ** 31 - 1, 2 ** 31 - 1]), [1, 1]);
});

Deno.test("renderScreenshot() gives images of any size within their bounds, in both formats", async () => {
  const side = fc.integer({ min: 1, max: 300 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        resolution: fc.record({ width: side, height: side }),
        maxWidth: side,
        maxHeight: side,
        format: fc.constantFrom("png", "jpeg"),
        os: fc.constantFrom("linux", "windows", "macos"),
        sessionId: fc.string({ minLength: 1 }),
        name: fc.string({ unit: "binary", maxLength: 60 }),
        owner: fc.string({ unit: "grapheme", maxLength: 60 }),
      }),
      async (options) => {
        const { width, height, data } = await screenshot(options);
        assert(width <= Math.min(options.maxWidth, options.resolution.width));
        assert(height <= Math.min(options.maxHeight, options.resolution.height));
        const filled = width === Math.min(options.maxWidth, options.resolution.width) ||
          height === Math.min(options.maxHeight, options.resolution.height);
        assert(filled, `${width} by ${height} is smaller than it needs to be`);
        assert(data.every((value, offset) => offset % 4 !== 3 || value === 255), "every pixel is opaque");
      },
    ),
    { numRuns: 150 },
  );
});

Deno.test("renderScreenshot() writes the format asked for, png by default", async () => {
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const jpeg = [0xff, 0xd8, 0xff];
  assertEquals(Array.from((await renderScreenshot(SESSION)).slice(0, 8)), png);
  assertEquals(Array.from((await renderScreenshot({ ...SESSION, format: "png" })).slice(0, 8)), png);
  assertEquals(Array.from((await renderScreenshot({ ...SESSION, format: "jpeg" })).slice(0, 3)), jpeg);
});

Deno.test("renderScreenshot() shows the same picture in both formats", async () => {
  for (const [maxWidth, maxHeight] of [[160, 100], [1280, 800]]) {
    const [png, jpeg] = await Promise.all([
      screenshot({ maxWidth, maxHeight }),
      screenshot({ maxWidth, maxHeight, format: "jpeg" }),
    ]);
    assert(difference(png, jpeg) < 0.01);
  }
});

Deno.test("renderScreenshot() gives the same bytes for the same session and time", async () => {
  for (const format of ["png", "jpeg"] as const) {
    assertEquals(
      await renderScreenshot({ ...SESSION, format }),
      await renderScreenshot({ ...SESSION, format }),
    );
  }
});

Deno.test("renderScreenshot() shows every fact about the session", async () => {
  const changes: Partial<ScreenshotOptions>[] = [
    { sessionId: "f81d4fae-7dec-11d0-a765-00a0c91e6bf7" },
    { name: "CAD workstations" },
    { name: "" },
    { owner: "marie" },
    { os: "windows" },
    { os: "macos" },
    { state: "DELETED" },
    { time: SESSION.time + 1000 },
  ];
  for (const [maxWidth, maxHeight] of [[160, 100], [1280, 960]]) {
    const common = { state: "DELETING", maxWidth, maxHeight };
    const before = await screenshot(common);
    for (const change of changes) {
      const after = await screenshot({ ...common, ...change });
      assertNotEquals(difference(before, after), 0, JSON.stringify(change));
    }
  }
});

Deno.test("renderScreenshot() tells sessions apart by more than text", async () => {
  const one = await screenshot({ maxWidth: 1280, maxHeight: 800 });
  const other = await screenshot({ maxWidth: 1280, maxHeight: 800, sessionId: "console" });
  assert(difference(one, other) > 0.3);
});

Deno.test("renderScreenshot() draws accented letters without their accents, and a box for the rest", async () => {
  const plain = await screenshot({ owner: "Jose" });
  assertEquals(difference(plain, await screenshot({ owner: "José" })), 0);
  const boxes = await screenshot({ owner: "\u6f22\u5b57" });
  assertEquals(difference(boxes, await screenshot({ owner: "\u{1f600}\ud800" })), 0);
  assertNotEquals(difference(boxes, await screenshot({ owner: "" })), 0);
});

Deno.test("renderScreenshot() cuts off what does not fit", async () => {
  const long = "x".repeat(100_000);
  const { width, height } = await screenshot({ sessionId: long, name: long, owner: long, state: long });
  assertEquals([width, height], [160, 100]);
  const cut = await screenshot({ owner: long });
  assertEquals(difference(cut, await screenshot({ owner: `${long}y` })), 0);
});

Deno.test("a size that no picture has is refused", async () => {
  const broker = new MockBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  for (const size of [{ maxWidth: 0 }, { maxWidth: 99.5 }, { maxWidth: NaN }, { maxWidth: "160" }]) {
    await assertRejects(
      () => broker.sessions.screenshot("s1", size as object),
      TypeError,
      "sessions.screenshot(): maxWidth: must be a whole number of at least 1: got",
    );
  }
});

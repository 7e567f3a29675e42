/**
 * GetSessionScreenshots: which sessions can be pictured, and at what size.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type * as wire from "@dcvkit/session-manager";
import type { z } from "zod";
import { screenshotOf } from "../../screenshots/session.ts";
import type { Session } from "../../simulation/session.ts";
import type { World } from "../../simulation/world.ts";
import type { OperationContext } from "./operation_context.ts";
import type { GetSessionScreenshotRequestData } from "./schemas.ts";

type ScreenshotRequest = z.output<typeof GetSessionScreenshotRequestData>;

/** Answers a batch of screenshot requests. */
export async function takeScreenshots(
  { world, faultOf }: OperationContext,
  requests: readonly ScreenshotRequest[],
): Promise<wire.GetSessionScreenshotsResponse> {
  const answer: wire.GetSessionScreenshotsResponse = {
    RequestId: world.chance.requestIds.uuid(),
    SuccessfulList: [],
    UnsuccessfulList: [],
  };
  for (const request of requests) {
    const session = world.sessions.find(request.SessionId);
    const failure = faultOf(request)?.reason ?? whyNot(session);
    if (failure === undefined) {
      answer.SuccessfulList.push({ SessionScreenshot: await picture(world, session!, request) });
    } else {answer.UnsuccessfulList.push({
        GetSessionScreenshotRequestData: asked(request),
        FailureReason: failure,
      });}
  }
  return answer;
}

function whyNot(session: Session | undefined): string | undefined {
  if (!session) return "Dcv session not found.";
  if (session.state !== "READY") return `Dcv session is not in READY state: ${session.state}.`;
  return undefined;
}

async function picture(
  world: World,
  session: Session,
  request: ScreenshotRequest,
): Promise<wire.SessionScreenshot> {
  const { properties, now } = world;
  const format = properties["session-screenshot-format"] === "jpeg" ? "jpeg" : "png";
  const bytes = await screenshotOf(session, now, {
    maxWidth: request.MaxWidth ?? properties["session-screenshot-max-width"],
    maxHeight: request.MaxHeight ?? properties["session-screenshot-max-height"],
    format,
  });
  return {
    SessionId: session.id,
    Images: [{
      Format: format,
      Data: Buffer.from(bytes).toString("base64"),
      CreationTime: new Date(now).toISOString(),
      Primary: true,
    }],
  };
}

function asked({ SessionId, MaxWidth, MaxHeight }: ScreenshotRequest): wire.GetSessionScreenshotRequestData {
  return { SessionId, ...(MaxWidth && { MaxWidth }), ...(MaxHeight && { MaxHeight }) };
}

/** An answer with the length of each picture in its place. */
export function withoutPictures(answer: wire.GetSessionScreenshotsResponse): object {
  const SuccessfulList = answer.SuccessfulList.map(({ SessionScreenshot: { SessionId, Images } }) => ({
    SessionScreenshot: {
      SessionId,
      Images: Images.map((image) => ({ ...image, Data: `(${image.Data.length} characters)` })),
    },
  }));
  return { ...answer, SuccessfulList };
}

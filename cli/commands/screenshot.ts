/**
 * `dcvkit screenshot`: pictures of sessions.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BatchError } from "@dcvkit/session-manager";
import { imageBytes, primaryImage, takeScreenshots } from "@dcvkit/session-manager/screenshots";
import { canShowImages, showImage } from "../output/terminal_image.ts";
import { print, printNote } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { wholeNumber } from "./option_values.ts";

/** `dcvkit screenshot IDS`. */
export const addScreenshot: AddCommand = (program, signal) => {
  program.command("screenshot")
    .description("take pictures of sessions: into files, or shown in a terminal that can")
    .argument("<ids...>", "ids of sessions")
    .option("--folder <folder>", "where to write the files", ".")
    .option("--show", "show them in the terminal (kitty, iTerm2, WezTerm, Ghostty) rather than write files")
    .option("--max-width <pixels>", "widest", wholeNumber(1))
    .option("--max-height <pixels>", "highest", wholeNumber(1))
    .action(async (ids, options, command) => {
      const { client } = await contextOf(command);
      const { maxWidth: MaxWidth, maxHeight: MaxHeight, folder, show } = options;
      const requests = ids.map((SessionId) => ({ SessionId, MaxWidth, MaxHeight }));
      const { SuccessfulList, UnsuccessfulList } = await takeScreenshots(client, requests, { signal });
      for (const { SessionScreenshot } of SuccessfulList) {
        const image = primaryImage(SessionScreenshot);
        if (image === undefined) continue;
        const bytes = imageBytes(image);
        if (show && canShowImages()) showImage(bytes);
        else print(await write(folder, SessionScreenshot.SessionId, image.Format, bytes));
      }
      for (const { GetSessionScreenshotRequestData, FailureReason } of UnsuccessfulList) {
        printNote(`${GetSessionScreenshotRequestData?.SessionId}: ${FailureReason}`);
      }
      if (UnsuccessfulList.length > 0) throw new BatchError("getSessionScreenshots", UnsuccessfulList);
    });
};

/** An id could hold what leads out of the folder. */
async function write(folder: string, sessionId: string, format: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, `${sessionId.replace(/[^\w-]/g, "_")}.${format.replace(/[^\w]/g, "")}`);
  await writeFile(path, bytes);
  return path;
}

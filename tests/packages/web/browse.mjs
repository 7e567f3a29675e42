/**
 * Opens the page named on the command line in a real browser and prints what it says when it is done. On Linux the
 * browser comes from npm; elsewhere it is an installed Chrome.
 *
 * @module
 */

import process from "node:process";

// Installed where this script runs, not where it is kept.
const { chromium } = await import("playwright-core");
const browser = await chromium.launch(await launchOptions());
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(process.argv[2]);
  await page.waitForFunction(() => document.title === "Done");
  console.log(await page.textContent("body"));
} finally {
  await browser.close();
}

async function launchOptions() {
  if (process.platform !== "linux") return { channel: "chrome" };
  // Makes it bring the shared libraries that a machine without a desktop lacks.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return { executablePath: await packaged.executablePath(), args: packaged.args };
}

import { expect, test } from "@playwright/test";

test("a desktop that was started is on the page, and gets ready", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Name").fill("paper");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("listitem")).toHaveText("paper: CREATING");
  await expect(page.getByRole("listitem")).toHaveText("paper: READY");
});

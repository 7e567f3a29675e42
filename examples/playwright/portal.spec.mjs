import { expect, test } from "@playwright/test";

const MOCK = "http://127.0.0.1:8443/_mock";

// Every test begins with the fleet as its file describes it.
test.beforeEach(async ({ request }) => {
  expect((await request.post(`${MOCK}/reset`)).ok()).toBe(true);
});

test("Connect leads Ana to her desktop, and it counts as a connection", async ({ page, request }) => {
  await page.goto("/ana");
  await page.getByRole("link", { name: "Connect to paper of ana" }).click();
  await expect(page.getByRole("heading", { name: "paper" })).toBeVisible();
  await expect(page.getByTestId("user")).toHaveText("ana");
  await expect(page.getByTestId("feature-keyboard")).toHaveAttribute("data-allowed", "true");

  const { items } = await (await request.get(`${MOCK}/sessions?text=paper`)).json();
  expect(items[0].connections).toEqual(["ana"]);

  await page.getByRole("button", { name: "End connection" }).click();
  await expect(page.getByTestId("ended")).toHaveAttribute("data-code", "ENDED_BY_USER");
});

test("Ben is refused, for Ana has not shared her session", async ({ page }) => {
  await page.goto("/ben");
  await page.getByRole("link", { name: "Connect to paper of ana" }).click();
  await expect(page.getByTestId("refusal")).toHaveAttribute("data-code", "NO_DISPLAY");
  await expect(page.getByRole("alert")).toContainText("do not let ben see its display");
});

test("the page says so when the host goes down", async ({ page, request }) => {
  await page.goto("/ana");
  await page.getByRole("link", { name: "Connect to paper of ana" }).click();
  await expect(page.getByTestId("state")).toHaveText("READY");
  await request.patch(`${MOCK}/hosts/gpu-01`, { data: { dcvHealthy: false } });
  await expect(page.getByTestId("ended")).toHaveAttribute("data-code", "HOST_DOWN");
});

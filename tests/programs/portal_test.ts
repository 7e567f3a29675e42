import { walkPortal } from "./portal_walk.ts";

const PORTAL = "examples/portal/main.ts";

Deno.test("the portal shows a user's sessions, starts, opens, shares and ends them", async () => {
  await walkPortal({ command: [Deno.execPath(), "run", "-A", "--no-check", PORTAL], cwd: "." });
});

import { walkPortal } from "./portal_walk.ts";

Deno.test("examples/portal.ts shows a user's sessions, starts, opens, shares and ends them", async () => {
  await walkPortal({ command: [Deno.execPath(), "run", "-A", "--no-check", "examples/portal.ts"], cwd: "." });
});

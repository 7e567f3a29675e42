import { assertEquals } from "@std/assert";
import { withMatrix } from "../fault_matrix/table.ts";

Deno.test("docs/errors_and_retries.md has the fault matrix as it is: deno task docs:faults", async () => {
  const guide = await Deno.readTextFile("docs/errors_and_retries.md");
  assertEquals(guide, withMatrix(guide));
});

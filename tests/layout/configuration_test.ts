import { assertEquals } from "@std/assert";
import denoJson from "../../deno.json" with { type: "json" };
import tools from "../../tools.json" with { type: "json" };

Deno.test("tools.json, with which tests and scripts run, says of the packages what deno.json says", () => {
  const { name, exports, unstable, compilerOptions, exclude } = denoJson;
  assertEquals(
    [tools.name, tools.exports, tools.unstable, tools.compilerOptions, tools.exclude],
    [name, exports, unstable, compilerOptions, exclude],
  );
  assertEquals(denoJson.workspace.filter((member) => !tools.workspace.includes(member)), []);
});

Deno.test("deno.json names no dependency: whoever runs a task loads what it names", () => {
  assertEquals(Object.keys(denoJson).includes("imports"), false);
});

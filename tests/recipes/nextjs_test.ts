import { Recipe } from "./recipe.ts";

Deno.test("examples/nextjs passes in an empty folder", async () => {
  await using recipe = await Recipe.copy("nextjs");
  await recipe.follow();
});

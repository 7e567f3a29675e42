import { walkDcvkit } from "./walk.ts";

Deno.test("dcvkit does a day's work on Deno", { ignore: Deno.build.os === "windows" }, () => walkDcvkit());

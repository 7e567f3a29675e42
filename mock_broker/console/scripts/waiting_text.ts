/**
 * The text of `runWaiting()`, written by `deno task web-scripts`.
 *
 * @module
 */

// deno-fmt-ignore
export const RUN_WAITING: string = "function runWaiting() {\n  let isHeld = false;\n  document.addEventListener(\"rows:held\", () => isHeld = true);\n  document.addEventListener(\"page:shown\", () => {\n    const place = document.querySelector(\"#waiting\");\n    const text = isHeld ? \"New requests wait until you point elsewhere\" : \"\";\n    if (place && place.textContent !== text) place.textContent = text;\n    isHeld = false;\n  });\n}";

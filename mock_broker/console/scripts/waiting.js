/**
 * What says that rows wait because somebody points at their list.
 *
 * @module
 */

/** Runs in the browser; nothing outside its own body is there. */
export function runWaiting() {
  let isHeld = false;
  document.addEventListener("rows:held", () => isHeld = true);
  document.addEventListener("page:shown", () => {
    const place = document.querySelector("#waiting");
    const text = isHeld ? "New requests wait until you point elsewhere" : "";
    if (place && place.textContent !== text) place.textContent = text;
    isHeld = false;
  });
}

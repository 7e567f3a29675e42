/**
 * What lets the times on the page go on between two answers of the server.
 *
 * @module
 */

/** Runs in the browser; nothing outside its own body is there. */
export function runClock() {
  let read = performance.now();

  document.addEventListener("page:shown", () => {
    read = performance.now();
    tick();
  });
  setInterval(tick, 250);

  /** Lets the clock go on that the server has told, and with it the times that are told from now. */
  function tick() {
    const clock = /** @type {HTMLElement} */ (document.querySelector("#clock"));
    const { datetime = "", speed = "0" } = clock.dataset;
    const now = Date.parse(datetime) + (performance.now() - read) * Number(speed);
    write(clock, new Date(now).toISOString().slice(0, 19).replace("T", " "));
    for (const time of document.querySelectorAll("time[data-relative]")) {
      write(time, relativeTime(Date.parse(time.getAttribute("datetime") ?? "") - now));
    }
  }

  /**
   * @param {Element} element
   * @param {string} text
   */
  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /**
   * As the server tells it, see `relativeTime()` in `view.ts`.
   *
   * @param {number} distance
   */
  function relativeTime(distance) {
    const seconds = Math.floor(Math.abs(distance) / 1_000);
    if (seconds === 0) return "now";
    const text = seconds < 60
      ? `${seconds} s`
      : seconds < 3_600
      ? `${Math.floor(seconds / 60)} min`
      : seconds < 86_400
      ? `${Math.floor(seconds / 3_600)} h`
      : `${Math.floor(seconds / 86_400)} d`;
    return distance < 0 ? `${text} ago` : `in ${text}`;
  }
}

/**
 * What runs in the page: it takes the session's id from the address, connects, and shows what it is told.
 *
 * Plain JavaScript, because its text is what is served: see the console's `browser.js`.
 *
 * @module
 */

/**
 * Runs in the browser; nothing outside its own body is there but what it is given.
 *
 * @param {typeof import("./open_connection.js").openConnection} openConnection
 */
export function runDesktop(openConnection) {
  /** How long a reloaded page waits for its own former connection to be gone, in milliseconds. */
  const PATIENCE = 500;
  const base = location.origin + location.pathname.replace(/\/$/, "");
  const leaving = new AbortController();
  let picture = "";

  addEventListener("pagehide", () => leaving.abort());
  addEventListener("hashchange", () => location.reload());
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (target.dataset.testid === "end-connection") end();
    if (target.dataset.testid === "connect-again") location.reload();
  });
  connect(isReload() ? 1 : 0);

  /** @param {number} attemptsLeft */
  async function connect(attemptsLeft) {
    const sessionId = decoded(location.hash.slice(1));
    const authToken = new URLSearchParams(location.search).get("authToken") ?? "";
    const how = { accept: "text/html", signal: leaving.signal, onEvent };
    try {
      const { refusal, over } = await openConnection(base, { sessionId, authToken }, how);
      if (refusal?.status === 429 && attemptsLeft > 0) {
        await new Promise((resolve) => setTimeout(resolve, PATIENCE));
        return connect(attemptsLeft - 1);
      }
      if (refusal) return show(await refusal.text());
      await over;
    } catch {
      // Said below, unless it was the user's own doing.
    }
    if (!leaving.signal.aborted && !isOver()) lost();
  }

  /**
   * @param {string} event
   * @param {string} data
   */
  function onEvent(event, data) {
    if (event === "view") show(data);
    if (event === "ended") show(JSON.parse(data).html);
    if (event === "picture") picture = data;
    const image = document.querySelector("img");
    if (image && picture && image.src !== picture) image.src = picture;
  }

  /**
   * Puts a page's content in place. Of a desktop that is shown already, only what has changed: focus stays where it is.
   *
   * @param {string} html
   */
  function show(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    const main = document.querySelector("main");
    const nextMain = next.querySelector("main");
    if (!main || !nextMain) return;
    if (next.title) document.title = next.title;
    if (main.dataset.testid === "desktop" && nextMain.dataset.testid === "desktop") return update(nextMain);
    main.replaceWith(nextMain);
    nextMain.querySelector("h1")?.focus();
  }

  /** @param {HTMLElement} next */
  function update(next) {
    for (const part of next.querySelectorAll("[id]")) {
      const old = document.getElementById(part.id);
      if (old && !old.isEqualNode(part)) old.replaceWith(part.cloneNode(true));
    }
  }

  function end() {
    leaving.abort();
    say("ENDED_BY_USER", "You have ended it. The session itself goes on.");
  }

  function lost() {
    say("CONNECTION_LOST", "The connector does not answer any more.");
  }

  /**
   * @param {string} code
   * @param {string} reason
   */
  function say(code, reason) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template"));
    const main = /** @type {HTMLElement} */ (template.content.querySelector("main")?.cloneNode(true));
    main.dataset.code = code;
    /** @type {HTMLElement} */ (main.querySelector("[data-testid=reason]")).textContent = reason;
    document.querySelector("main")?.replaceWith(main);
    main.querySelector("h1")?.focus();
  }

  /** Whether the page has said already how it ended. */
  function isOver() {
    return document.querySelector("main")?.dataset.testid !== "desktop" && picture !== "";
  }

  function isReload() {
    const [navigation] = performance.getEntriesByType("navigation");
    return navigation instanceof PerformanceNavigationTiming && navigation.type === "reload";
  }

  /** @param {string} text */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }
}

/**
 * What keeps the page up to date, without losing focus or what is being typed, and sends its forms.
 *
 * Plain JavaScript, because its text is what is served: the same on every runtime, with no build in between. Its types
 * are checked with the libraries of a browser, which the rest of the package does not have: see `browser.json`.
 *
 * @module
 */

/**
 * Runs in the browser; nothing outside its own body is there.
 *
 * It tells the other scripts by events: `page:shown` after the page has changed, `page:answer` after a form was sent.
 *
 * @param {typeof import("./morph.js").morph} morph
 */
export function runLive(morph) {
  /** Shortest time between two refreshes, in milliseconds. */
  const PAUSE = 500;
  const { events = "" } = document.body.dataset;
  const status = find("#connection");
  const pause = find("#pause");
  /** @type {EventSource | undefined} */
  let source;
  let isPaused = false;
  let isBusy = false;
  let isStale = false;
  /** Whether rows wait until the pointer has left their list. */
  let isHeld = false;
  /** How many forms were answered. */
  let answers = 0;

  pause.hidden = false;
  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.setAttribute("aria-pressed", String(isPaused));
    follow();
  });
  document.addEventListener("visibilitychange", follow);
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== "post") return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("rows:held", () => isHeld = true);
  document.addEventListener("pointerout", ({ target, relatedTarget }) => {
    const list = target instanceof Element && target.closest("[data-steady]");
    if (!list || (relatedTarget instanceof Node && list.contains(relatedTarget)) || !isHeld) return;
    isHeld = false;
    refresh();
  });
  addEventListener("popstate", () => location.reload());
  follow();

  /** Follows what happens, unless nobody looks. */
  function follow() {
    source?.close();
    source = undefined;
    if (isPaused || document.hidden) return say(isPaused ? "Paused" : "");
    source = new EventSource(events);
    source.onopen = () => say("Live");
    source.onerror = () => say("Connection lost, trying again");
    source.addEventListener("state", refresh);
    source.addEventListener("journal", refresh);
  }

  /** @param {string} text */
  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /** Many events in a short time are one refresh. */
  async function refresh() {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    while (isStale && !isPaused) {
      isStale = false;
      const asked = answers;
      const response = await fetch(location.href).catch(() => undefined);
      // What was asked for before a form was answered is older than the answer.
      if (response && asked === answers) await showNews(response);
      else if (response) isStale = true;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    isBusy = false;
  }

  /**
   * Sends a form without leaving the page.
   *
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} submitter
   */
  async function send(form, submitter) {
    const response = await fetch(form.action, { method: "POST", body: bodyOf(form, submitter) })
      .catch(() => undefined);
    if (!response) return say("The broker does not answer");
    const next = await read(response);
    answers++;
    if (next && response.redirected) goTo(response.url);
    if (next) show(next, false);
    // Whoever answers a question with no goes on typing.
    const isAsked = next && next.querySelector("#question dialog");
    if (response.ok && !isAsked) form.reset();
    document.dispatchEvent(new Event("page:answer"));
    // The button may be gone, with the row that it was in.
    if (document.activeElement === document.body) find("h1").focus();
  }

  /**
   * A form may lead to another view: updates are of that one from then on.
   *
   * @param {string} answered
   */
  function goTo(answered) {
    const url = new URL(answered);
    for (const told of ["done", "undo"]) url.searchParams.delete(told);
    if (url.pathname !== location.pathname.replace(/\/$/, "")) history.pushState(null, "", url);
  }

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} submitter
   */
  function bodyOf(form, submitter) {
    const data = new FormData(form, submitter);
    if (form.enctype === "multipart/form-data") return data;
    const body = new URLSearchParams();
    for (const [name, value] of data) body.append(name, String(value));
    return body;
  }

  /** @param {Response} response */
  async function showNews(response) {
    const next = await read(response);
    if (!next) return;
    // What became of the last form stays until there is another, and so does a question.
    for (const kept of ["#message", "#question"]) {
      next.querySelector(kept)?.replaceWith(find(kept).cloneNode(true));
    }
    show(next, true);
  }

  /**
   * The page in an answer. A broker that has failed, or was started anew without a page, answers with something else.
   *
   * @param {Response} response
   */
  async function read(response) {
    const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
    if (!isPage) return say(`The broker answers ${response.status}`);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  /**
   * @param {Document} next
   * @param {boolean} isSteady Whether rows under the pointer stay where they are.
   */
  function show(next, isSteady) {
    document.title = next.title;
    morph(document.body, next.body, isSteady && matchMedia("(hover: hover)").matches);
    document.dispatchEvent(new Event("page:shown"));
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  function find(selector) {
    return /** @type {HTMLElement} */ (document.querySelector(selector));
  }
}

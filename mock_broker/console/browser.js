/**
 * What runs in the page: it keeps what the server rendered up to date, without losing focus or what is being typed.
 *
 * Plain JavaScript, because its text is what is served: the same on every runtime, with no build in between. Its types
 * are checked with the libraries of a browser, which the rest of the package does not have: see `browser.json`.
 *
 * @module
 */

/** Runs in the browser; nothing outside its own body is there. */
export function runConsole() {
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
  let clockRead = performance.now();

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
  setInterval(tick, 250);
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
      await fetch(location.href).then(showNews, () => {});
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
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
    const response = await fetch(form.action, { method: "POST", body }).catch(() => undefined);
    if (!response) return say("The broker does not answer");
    if (response.ok) form.reset();
    const next = await read(response);
    if (next) show(next);
    // The button may be gone, with the row that it was in.
    if (document.activeElement === document.body) find("h1").focus();
  }

  /** @param {Response} response */
  async function showNews(response) {
    const next = await read(response);
    if (!next) return;
    // What became of the last form stays until there is another.
    next.querySelector("#message")?.replaceWith(find("#message").cloneNode(true));
    show(next);
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

  /** @param {Document} next */
  function show(next) {
    document.title = next.title;
    clockRead = performance.now();
    morph(document.body, next.body);
    tick();
  }

  /**
   * Makes an element like another, and leaves in place whatever is alike already.
   *
   * @param {Element} element
   * @param {Element} next
   */
  function morph(element, next) {
    if (element.hasAttribute("data-kept") || element.isEqualNode(next)) return;
    for (const { name } of [...element.attributes]) {
      if (name !== "open" && !next.hasAttribute(name)) element.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
    morphChildren(element, next);
  }

  /**
   * @param {Element} element
   * @param {Element} next
   */
  function morphChildren(element, next) {
    const wanted = new Set([...next.children].map(({ id }) => id));
    for (const child of [...element.children]) if (child.id && !wanted.has(child.id)) child.remove();
    const byId = new Map([...element.children].map((child) => [child.id, child]));
    let current = element.firstChild;
    for (const node of next.childNodes) {
      const match = node instanceof Element && node.id ? byId.get(node.id) : alike(current, node);
      if (match && match === current) current = current.nextSibling;
      else element.insertBefore(match ?? document.importNode(node, true), current);
      if (match instanceof Element && node instanceof Element) morph(match, node);
      else if (match) match.textContent = node.textContent;
    }
    while (current) {
      const { nextSibling } = current;
      current.remove();
      current = nextSibling;
    }
  }

  /**
   * The node, if it can be made into the other.
   *
   * @param {ChildNode | null} node
   * @param {ChildNode} other
   */
  function alike(node, other) {
    const isAlike = node?.nodeName === other.nodeName && !(node instanceof Element && node.id);
    return isAlike ? node : undefined;
  }

  /** Lets the clock go on that the server has told. */
  function tick() {
    const { datetime = "", speed = "0" } = find("#clock").dataset;
    const now = Date.parse(datetime) + (performance.now() - clockRead) * Number(speed);
    const text = new Date(now).toISOString().slice(0, 19).replace("T", " ");
    const shown = find("#clock");
    if (shown.textContent !== text) shown.textContent = text;
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  function find(selector) {
    return /** @type {HTMLElement} */ (document.querySelector(selector));
  }
}

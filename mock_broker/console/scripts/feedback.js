/**
 * What a person gets back: messages that pass, questions that wait, and what is copied.
 *
 * @module
 */

/** Runs in the browser; nothing outside its own body is there. */
export function runFeedback() {
  /** How long a message stays, in milliseconds: longer with something to press, and a failure until it is closed. */
  const SHORT = 6_000;
  const LONG = 20_000;
  const message = /** @type {HTMLElement} */ (document.querySelector("#message"));
  /** @type {number | undefined} */
  let timer;

  document.documentElement.classList.add("scripted");
  document.addEventListener("page:answer", () => {
    ask();
    letPass();
  });
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const copy = target.closest("[data-copy]");
    if (copy instanceof HTMLElement) return void copyText(copy.dataset.copy ?? "");
    const closes = target.closest("[data-close]");
    if (!closes) return;
    event.preventDefault();
    const dialog = closes.closest("dialog");
    if (dialog) dialog.close();
    else message.replaceChildren();
  });
  // A form is answered by a message of its own, even if it says the same as the one before.
  document.addEventListener("submit", ({ target }) => {
    if (/** @type {HTMLFormElement} */ (target).method !== "post") return;
    /** @type {Element} */ (target).closest("dialog")?.close();
    message.replaceChildren();
  });
  letPass();
  ask();

  /** Puts a question in front of all else; what had the focus has it again afterwards. */
  function ask() {
    const dialog = document.querySelector("#question dialog");
    if (!(dialog instanceof HTMLDialogElement) || dialog.matches(":modal")) return;
    dialog.removeAttribute("open");
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  }

  function letPass() {
    clearTimeout(timer);
    const toast = message.firstElementChild;
    if (!toast || toast.matches(".failure")) return;
    timer = setTimeout(() => {
      if (message.matches(":hover, :focus-within")) letPass();
      else message.replaceChildren();
    }, toast.querySelector("form") ? LONG : SHORT);
  }

  /** @param {string} selector What holds the text. */
  async function copyText(selector) {
    const text = document.querySelector(selector)?.textContent ?? "";
    await navigator.clipboard.writeText(text).then(
      () => tell("success", "Copied"),
      () => tell("failure", "The browser does not let this page copy: select the text and copy it yourself"),
    );
  }

  /**
   * @param {"success" | "failure"} look
   * @param {string} text
   */
  function tell(look, text) {
    const toast = document.createElement("div");
    toast.className = `toast ${look}`;
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.dataset.close = "";
    toast.append(words, close);
    message.replaceChildren(toast);
    letPass();
  }
}

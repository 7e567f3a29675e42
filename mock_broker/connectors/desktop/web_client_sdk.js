/**
 * A stand-in for the Amazon DCV Web Client SDK, written from its public guide: the documented names by which a page with an
 * embedded viewer authenticates, connects, sees the first frame and disconnects. It speaks to the desktop connector
 * alone, and imitates neither the code nor the protocol of the real one.
 *
 * Plain JavaScript, because its text is what is served: see the console's `browser.js`.
 *
 * @module
 */

/**
 * Makes the `dcv` object; nothing outside its own body is there but what it is given.
 *
 * @param {typeof import("./open_connection.js").openConnection} openConnection
 */
export function createWebClientSdk(openConnection) {
  const LogLevel = Object.freeze({ TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4, SILENT: 5 });

  /**
   * @typedef {object} AuthenticationCallbacks
   * @property {(auth: object, challenge: { requiredCredentials: { name: string }[] }) => void} [promptCredentials]
   * @property {(auth: object, error: { code: string, message: string }) => void} [error]
   * @property {(auth: object, result: { sessionId: string, authToken: string }[]) => void} [success]
   */

  /**
   * Has the connection token in the URL checked: `authToken` in its query, or the token that is given apart.
   *
   * @param {string | { url: string, authenticationToken?: string, callbacks: AuthenticationCallbacks }} urlOrParameters
   * @param {AuthenticationCallbacks} [callbacks]
   */
  function authenticate(urlOrParameters, callbacks = {}) {
    const asked = typeof urlOrParameters === "string" ? { url: urlOrParameters, callbacks } : urlOrParameters;
    const { callbacks: { promptCredentials, error, success } } = asked;
    const { base, sessionId, authToken } = partsOf(asked.url);
    const token = asked.authenticationToken ?? authToken;
    const authentication = {
      retry: () => void start(),
      /** @param {object} _credentials The mock has tokens, and no passwords. */
      sendCredentials(_credentials) {
        fail(
          "NO_PASSWORDS",
          "The mock broker has no passwords: put a connection token into the URL as ?authToken=...",
        );
      },
    };
    // The callbacks are given the object that is returned here first.
    queueMicrotask(start);
    return authentication;

    function start() {
      if (token) return void check();
      const requiredCredentials = [{ name: "username" }, { name: "password" }];
      if (promptCredentials) promptCredentials(authentication, { requiredCredentials });
      else fail("NO_TOKEN", "The URL has no connection token");
    }

    async function check() {
      const named = sessionId === undefined ? "" : `?sessionId=${encodeURIComponent(sessionId)}`;
      try {
        const response = await fetch(`${base}/mock-desktop/authenticate${named}`, {
          method: "POST",
          headers: { Accept: "application/json" },
          body: new URLSearchParams({ authToken: token }),
        });
        const answer = await response.json();
        if (response.ok) success?.(authentication, [{ sessionId: answer.sessionId, authToken: token }]);
        else fail(answer.code, answer.reason);
      } catch (cause) {
        fail("NETWORK_ERROR", String(cause));
      }
    }

    /**
     * @param {string} code
     * @param {string} message
     */
    function fail(code, message) {
      error?.(authentication, { code, message });
    }
  }

  /**
   * @typedef {object} ConnectionCallbacks
   * @property {(resizeEnabled: boolean, relativeMouseModeEnabled: boolean) => void} [firstFrame]
   * @property {(reason: { code: string, message: string }) => void} [disconnect]
   * @property {(connection: object, features: string[]) => void} [featuresUpdate]
   */

  /**
   * Connects to a session, and shows its picture in the element with the id `divId`.
   *
   * @param {{ url: string, sessionId: string, authToken: string, divId: string, callbacks?: ConnectionCallbacks }} config
   */
  async function connect({ url, sessionId, authToken, divId, callbacks = {} }) {
    const place = document.getElementById(divId);
    if (!place) throw { code: "NO_DISPLAY_ELEMENT", message: `The page has no element with the id ${divId}` };
    const image = document.createElement("img");
    image.alt = `Simulated desktop of session ${sessionId}`;
    image.style.maxWidth = "100%";
    const leaving = new AbortController();
    /** @type {Set<string>} */
    let granted = new Set();
    let isOver = false;

    const connection = {
      disconnect() {
        leaving.abort();
        finish({ code: "DISCONNECTED_BY_CLIENT", message: "The client has disconnected" });
      },
      /** @param {string} feature */
      queryFeature: (feature) => Promise.resolve({ enabled: granted.has(feature) }),
    };
    const how = { accept: "application/json", signal: leaving.signal, onEvent };
    const opened = await openConnection(partsOf(url).base, { sessionId, authToken }, how).catch((cause) => {
      throw { code: "NETWORK_ERROR", message: String(cause) };
    });
    if (opened.refusal) {
      const { code, reason } = await opened.refusal.json();
      throw { code, message: reason };
    }
    place.replaceChildren(image);
    const lost = () => finish({ code: "CONNECTION_LOST", message: "The connector does not answer any more" });
    opened.over.then(lost, lost);
    return connection;

    /**
     * @param {string} event
     * @param {string} data
     */
    function onEvent(event, data) {
      if (event === "picture") showPicture(data);
      if (event === "features") showFeatures(JSON.parse(data));
      if (event !== "ended") return;
      const { code, reason } = JSON.parse(data);
      finish({ code, message: reason });
    }

    /** @param {string} source */
    function showPicture(source) {
      if (!image.src) {
        image.addEventListener("load", () => callbacks.firstFrame?.(false, false), { once: true });
      }
      image.src = source;
    }

    /** @param {string[]} list */
    function showFeatures(list) {
      const next = new Set(list);
      const changed = [...granted, ...next].filter((feature) => granted.has(feature) !== next.has(feature));
      granted = next;
      callbacks.featuresUpdate?.(connection, changed);
    }

    /** @param {{ code: string, message: string }} reason */
    function finish(reason) {
      if (isOver) return;
      isOver = true;
      image.remove();
      callbacks.disconnect?.(reason);
    }
  }

  /**
   * The parts of a connection URL.
   *
   * @param {string} text
   */
  function partsOf(text) {
    const url = new URL(text, location.href);
    return {
      base: url.origin + url.pathname.replace(/\/$/, ""),
      sessionId: url.hash ? decodeURIComponent(url.hash.slice(1)) : undefined,
      authToken: url.searchParams.get("authToken") ?? "",
    };
  }

  return {
    authenticate,
    connect,
    LogLevel,
    /** There is nothing to log. */
    setLogLevel() {},
    setLogHandler() {},
    version: Object.freeze({ versionStr: "0 (stand-in of the mock broker)" }),
  };
}

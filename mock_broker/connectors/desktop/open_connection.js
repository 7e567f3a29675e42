/**
 * What the desktop's page and the stand-in of the Web Client SDK share: opening a connection and reading its events.
 *
 * Plain JavaScript, because its text is what is served: see the console's `browser.js`.
 *
 * @module
 */

/**
 * Opens a connection and reads its events until it ends. Nothing outside its own body is there.
 *
 * @param {string} base The URL of the desktop, without a slash at its end.
 * @param {{ sessionId: string, authToken: string }} asked
 * @param {object} how
 * @param {string} how.accept The media type of a refusal.
 * @param {AbortSignal} how.signal Ends the connection.
 * @param {(event: string, data: string) => void} how.onEvent Hears each event.
 * @returns {Promise<{ refusal?: Response, over: Promise<void> }>} The refusal, or else when the stream is over.
 */
export async function openConnection(base, { sessionId, authToken }, { accept, signal, onEvent }) {
  const response = await fetch(`${base}/mock-desktop/connect?sessionId=${encodeURIComponent(sessionId)}`, {
    method: "POST",
    headers: { Accept: accept },
    body: new URLSearchParams({ authToken }),
    signal,
  });
  if (!response.ok || !response.body) return { refusal: response, over: Promise.resolve() };
  return { over: readEvents(response.body.pipeThrough(new TextDecoderStream()).getReader()) };

  /** @param {ReadableStreamDefaultReader<string>} reader */
  async function readEvents(reader) {
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (text + value).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) tell(event.split("\n"));
    }
  }

  /** @param {string[]} lines */
  function tell(lines) {
    const of = (/** @type {string} */ name) =>
      lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    const [event] = of("event");
    if (event !== undefined) onEvent(event, of("data").join("\n"));
  }
}

/**
 * The text of `openConnection()`, written by `deno task web-scripts`.
 *
 * @module
 */

// deno-fmt-ignore
export const OPEN_CONNECTION: string = "async function openConnection(base, { sessionId, authToken }, { accept, signal, onEvent }) {\n  const response = await fetch(`${base}/mock-desktop/connect?sessionId=${encodeURIComponent(sessionId)}`, {\n    method: \"POST\",\n    headers: { Accept: accept },\n    body: new URLSearchParams({ authToken }),\n    signal,\n  });\n  if (!response.ok || !response.body) return { refusal: response, over: Promise.resolve() };\n  return { over: readEvents(response.body.pipeThrough(new TextDecoderStream()).getReader()) };\n\n  /** @param {ReadableStreamDefaultReader<string>} reader */\n  async function readEvents(reader) {\n    let text = \"\";\n    for (;;) {\n      const { done, value } = await reader.read();\n      if (done) return;\n      const events = (text + value).split(\"\\n\\n\");\n      text = events.pop() ?? \"\";\n      for (const event of events) tell(event.split(\"\\n\"));\n    }\n  }\n\n  /** @param {string[]} lines */\n  function tell(lines) {\n    const of = (/** @type {string} */ name) =>\n      lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));\n    const [event] = of(\"event\");\n    if (event !== undefined) onEvent(event, of(\"data\").join(\"\\n\"));\n  }\n}";

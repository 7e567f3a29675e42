/**
 * The text of `runFiles()`, written by `deno task web-scripts`.
 *
 * @module
 */

// deno-fmt-ignore
export const RUN_FILES: string = "function runFiles() {\n  const { classList, dataset } = document.body;\n  const setOver = (/** @type {boolean} */ isOver) => classList.toggle(\"dragging\", isOver);\n\n  document.addEventListener(\"dragover\", (event) => {\n    if (!event.dataTransfer?.types.includes(\"Files\")) return;\n    event.preventDefault();\n    setOver(true);\n  });\n  document.addEventListener(\"dragleave\", ({ relatedTarget }) => setOver(relatedTarget !== null));\n  document.addEventListener(\"drop\", (event) => {\n    const files = event.dataTransfer?.files;\n    if (!files || files.length === 0) return;\n    event.preventDefault();\n    setOver(false);\n    load(files);\n  });\n\n  /**\n   * Sends the file by a form like that of the view \"World\", and so asks first.\n   *\n   * @param {FileList} files\n   */\n  function load(files) {\n    const form = document.createElement(\"form\");\n    form.method = \"post\";\n    form.enctype = \"multipart/form-data\";\n    form.action = `${dataset.console}/actions/loadWorld`;\n    form.hidden = true;\n    const back = document.createElement(\"input\");\n    back.name = \"back\";\n    back.value = location.pathname.slice(dataset.console?.length) + location.search;\n    const file = document.createElement(\"input\");\n    file.type = \"file\";\n    file.name = \"file\";\n    file.files = files;\n    form.append(back, file);\n    document.body.append(form);\n    form.requestSubmit();\n    form.remove();\n  }\n}";

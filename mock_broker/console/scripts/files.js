/**
 * What lets a person drag a file onto the page, to be loaded.
 *
 * @module
 */

/** Runs in the browser; nothing outside its own body is there. */
export function runFiles() {
  const { classList, dataset } = document.body;
  const setOver = (/** @type {boolean} */ isOver) => classList.toggle("dragging", isOver);

  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => setOver(relatedTarget !== null));
  document.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    setOver(false);
    load(files);
  });

  /**
   * Sends the file by a form like that of the view "World", and so asks first.
   *
   * @param {FileList} files
   */
  function load(files) {
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "multipart/form-data";
    form.action = `${dataset.console}/actions/loadWorld`;
    form.hidden = true;
    const back = document.createElement("input");
    back.name = "back";
    back.value = location.pathname.slice(dataset.console?.length) + location.search;
    const file = document.createElement("input");
    file.type = "file";
    file.name = "file";
    file.files = files;
    form.append(back, file);
    document.body.append(form);
    form.requestSubmit();
    form.remove();
  }
}

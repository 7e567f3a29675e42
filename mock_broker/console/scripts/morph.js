/**
 * How a page that is shown becomes another: what is alike stays where it is.
 *
 * @module
 */

/**
 * Makes an element like another, and leaves in place whatever is alike already.
 *
 * @param {Element} element
 * @param {Element} next
 * @param {boolean} isSteady Whether lists under the pointer keep their rows, so that none slips away below it.
 */
export function morph(element, next, isSteady) {
  become(element, next);

  /**
   * @param {Element} element
   * @param {Element} next
   */
  function become(element, next) {
    if (element.hasAttribute("data-kept") || element.isEqualNode(next)) return;
    // What is folded is up to the reader.
    for (const { name } of [...element.attributes]) {
      if (name !== "open" && !next.hasAttribute(name)) element.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (name !== "open" && element.getAttribute(name) !== value) element.setAttribute(name, value);
    }
    if (isSteady && element.matches("[data-steady]:hover")) updateRows(element, next);
    else becomeChildren(element, next);
  }

  /**
   * @param {Element} element
   * @param {Element} next
   */
  function becomeChildren(element, next) {
    const wanted = new Set([...next.children].map(({ id }) => id));
    for (const child of [...element.children]) if (child.id && !wanted.has(child.id)) child.remove();
    const byId = new Map([...element.children].map((child) => [child.id, child]));
    let current = element.firstChild;
    for (const node of next.childNodes) {
      const match = node instanceof Element && node.id ? byId.get(node.id) : alike(current, node);
      if (match && match === current) current = current.nextSibling;
      else element.insertBefore(match ?? document.importNode(node, true), current);
      if (match instanceof Element && node instanceof Element) become(match, node);
      else if (match && match.nodeValue !== node.nodeValue) match.nodeValue = node.nodeValue;
    }
    while (current) {
      const { nextSibling } = current;
      current.remove();
      current = nextSibling;
    }
  }

  /**
   * Changes what rows say; those that come, go or move wait until the pointer is elsewhere.
   *
   * @param {Element} list
   * @param {Element} next
   */
  function updateRows(list, next) {
    const rows = new Map([...next.children].map((row) => [row.id, row]));
    for (const row of list.children) {
      const update = row.id && rows.get(row.id);
      if (update) become(row, update);
    }
    const isWaiting = [...list.children].map(({ id }) => id).join() !== [...rows.keys()].join();
    if (isWaiting) list.dispatchEvent(new Event("rows:held", { bubbles: true }));
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
}

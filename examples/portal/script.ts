/**
 * What runs in the portal's page: it keeps the sessions up to date, often while one is starting. Without it, reloading does.
 *
 * @module
 */

export const SCRIPT = `
const shown = () => document.getElementById("sessions");

async function update() {
  const isInUse = shown().contains(document.activeElement) || shown().querySelector("details[open]");
  if (!document.hidden && !isInUse) {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const next = page.getElementById("sessions");
    if (next && !next.isEqualNode(shown())) shown().replaceWith(next);
  }
}

async function keepUpdating() {
  while (shown()) {
    await new Promise((resolve) => setTimeout(resolve, shown().dataset.busy === "true" ? 500 : 5000));
    await update().catch(() => {});
  }
}
keepUpdating();
`;

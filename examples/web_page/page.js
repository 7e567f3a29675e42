import { SessionManagerClient } from "@dcvkit/session-manager";

// A page never holds the broker's secret. It sends to its own back end, which adds the access token.
const client = new SessionManagerClient({ brokerUrl: `${location.origin}/broker` });
const list = document.querySelector("#desktops");
const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = new FormData(form).get("name");
  const { Id } = await client.createSession({ Name: name, Owner: "ana", Type: "VIRTUAL" });
  await show();
  await client.waitForSession(Id, { minDelay: 100 });
  await show();
});

await show();

async function show() {
  const sessions = await client.listSessions({ owner: "ana" }).toArray();
  list.replaceChildren(...sessions.map(({ Name, State }) => {
    const item = document.createElement("li");
    item.textContent = `${Name}: ${State}`;
    return item;
  }));
}

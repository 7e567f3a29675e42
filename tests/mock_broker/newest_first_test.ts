import { assertEquals, assertRejects } from "@std/assert";
import { Caller, createBroker, send } from "./call.ts";

/** A broker with sessions named 1 to 5. */
function createWithSessions() {
  const sessions = ["1", "2", "3", "4", "5"].map((name) => ({ owner: `owner ${name}`, name }));
  return createBroker({ sessions });
}

Deno.test("sessions are listed newest first, page by page", () => {
  const { sessions } = createWithSessions();
  const names: string[][] = [];
  let after: number | undefined;
  do {
    const { items, total, next } = sessions.list({ newestFirst: true, limit: 2, after });
    assertEquals(total, 5);
    names.push(items.map(({ name }) => name));
    after = next;
  } while (after !== undefined);
  assertEquals(names, [["5", "4"], ["3", "2"], ["1"]]);
});

Deno.test("the control API lists sessions newest first, too", async () => {
  const { body } = await send(createWithSessions(), "GET", "/_mock/sessions?newestFirst=true&limit=1");
  assertEquals(body.items[0].name, "5");
});

Deno.test("the journal is read backwards from any entry", async () => {
  const broker = createBroker();
  for (let i = 0; i < 4; i++) await send(broker, "GET", "/health");
  assertEquals(broker.journal.entries({ before: 4, limit: 2 }).map(({ id }) => id), [2, 3]);
  assertEquals(broker.journal.entries({ before: 1 }), []);
  const { body } = await send(broker, "GET", "/_mock/journal?before=2");
  assertEquals(body.entries.map(({ id }: { id: number }) => id), [1]);
});

Deno.test("a picture of a READY session is to be had without the API, the same as with it", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  const { SuccessfulList } = await call.getSessionScreenshots([{
    SessionId: Id,
    MaxWidth: 200,
    MaxHeight: 200,
  }]);
  const picture = await broker.sessions.screenshot(Id, { maxWidth: 200, maxHeight: 200 });
  assertEquals(btoa(String.fromCharCode(...picture)), SuccessfulList[0]?.SessionScreenshot.Images[0]?.Data);
});

Deno.test("there is no picture of a session that is not READY, or not there", async () => {
  const broker = createBroker();
  const { Id } = await new Caller(broker).createSession();
  await assertRejects(
    () => broker.sessions.screenshot(Id),
    TypeError,
    "no picture of a session that is CREATING",
  );
  await assertRejects(() => broker.sessions.screenshot("none"), TypeError, "No session has this id: none");
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import stringWidth from "string-width";
import { createStage, linesOf } from "./dcvkit.ts";
import { CTRL_C, inTerminal, plain } from "./terminal.ts";

const FLEET = {
  servers: [{ hostname: "gpu-1", maxVirtualSessions: -1, maxConcurrentSessionsPerUser: 100 }],
  sessions: [
    { id: "s-ana", owner: "ana", name: "paper" },
    { id: "s-wide", owner: "ana", name: "家族 👩‍👩‍👧‍👦 שלום مرحبا" },
    { id: "s-evil", owner: "bob", name: "\x1b[31mred\x1b]0;title\x07 \u202egnp.exe\u2066" },
    { id: "s-long", owner: "bob", name: "x".repeat(300) },
  ],
};

/** Nothing in these tests can be run without POSIX signals and terminals. */
const ignore = Deno.build.os === "windows";

for (const columns of [40, 80, 200]) {
  Deno.test(`a table fits a terminal of ${columns} columns, whatever the names are`, { ignore }, async () => {
    await using stage = await createStage(FLEET);
    const command = inTerminal(stage, ["sessions"], { columns, env: { NO_COLOR: "1" } });
    assertEquals(await command.ended, 0);
    const lines = linesOf(plain(command.written));
    assertEquals(lines.length, 5);
    for (const line of lines) assert(stringWidth(line) <= columns, line);
    assertEquals(lines[0]!.includes("AGE"), columns > 40);
  });
}

Deno.test("names cannot move the cursor, change colours or turn texts around", { ignore }, async () => {
  await using stage = await createStage(FLEET);
  const listed = inTerminal(stage, ["sessions"], { columns: 200, env: { NO_COLOR: "1" } });
  await listed.ended;
  assertStringIncludes(listed.written, "?[31mred?]0;title? ?gnp.exe?");
  for (const args of [["session", "s-evil"], ["describe-sessions"], ["session", "\x1b[2J"]]) {
    const command = inTerminal(stage, args, { columns: 200, env: { NO_COLOR: "1" } });
    await command.ended;
    // deno-lint-ignore no-control-regex -- control characters are what this is about
    assert(!/[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(command.written));
  }
});

Deno.test(
  "states are coloured in a terminal, unless NO_COLOR or a dumb terminal says otherwise",
  { ignore },
  async () => {
    await using stage = await createStage(FLEET);
    const writtenWith = async (env: Record<string, string>) => {
      const command = inTerminal(stage, ["sessions"], { env });
      await command.ended;
      return command.written;
    };
    assertStringIncludes(await writtenWith({}), "\x1b[32mREADY\x1b[39m");
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
      assert(
        !(await writtenWith(env)).includes("\x1b["),
      );
    }
    const piped = await stage.dcvkit("sessions");
    assert(!piped.stdout.includes("\x1b"));
  },
);

Deno.test("create --wait shows a line that changes, and leaves the id alone", { ignore }, async () => {
  await using stage = await createStage({ servers: FLEET.servers });
  const command = inTerminal(stage, ["create", "--owner", "ana", "--wait"]);
  assertEquals(await command.ended, 0);
  assertStringIncludes(command.written, 'Waiting for "desktop" of ana: 0 s');
  const [session] = stage.broker.sessions.list().items;
  assert(command.written.endsWith(`\r\x1b[K${session!.id}\r\n`));
});

for (const [answer, deleted] of [["y", true], ["n", false], ["", false]] as const) {
  Deno.test(
    `delete with filters shows what it found and asks; "${answer}" ${deleted ? "deletes" : "does not"}`,
    { ignore },
    async () => {
      await using stage = await createStage(FLEET);
      const command = inTerminal(stage, ["delete", "--owner", "ana"]);
      await command.until("Delete 2 sessions? [y/N] ");
      assertStringIncludes(command.written, "s-wide");
      command.type(`${answer}\r`);
      assertEquals(await command.ended, deleted ? 0 : 2);
      assertEquals(stage.broker.sessions.get("s-ana").state !== "READY", deleted);
    },
  );
}

Deno.test("--watch shows the list anew from the top, and what there is room for", { ignore }, async () => {
  await using stage = await createStage(FLEET);
  const command = inTerminal(stage, ["sessions", "--watch"], { columns: 100, rows: 5 });
  await command.until("(2 more: choose by --owner, --state or --host)");
  assert(command.written.startsWith("\x1b[H\x1b[2JID "));
  stage.broker.faults.add({
    id: "away",
    operation: "describeSessions",
    fault: { type: "status", status: 400 },
  });
  await command.until("dcvkit: ");
  stage.broker.faults.remove("away");
  stage.broker.sessions.createOnHost("gpu-1", { id: "s-new", owner: "zoe" });
  await command.until("(3 more");
  command.type(CTRL_C);
  assertEquals(await command.ended, 130);
});

/** Where a command waits for so long that somebody may give up, and what it has written by then. */
const WAITING_PLACES: Readonly<Record<string, { args: string[]; sign: string | RegExp }>> = {
  "for a session to be READY": {
    args: ["create", "--owner", "ana", "--wait"],
    sign: /Waiting for .*: [1-9] s/,
  },
  "for an answer to a question": { args: ["delete", "--owner", "ana"], sign: "[y/N] " },
  "for the next look at a list": { args: ["servers", "--watch"], sign: "gpu-1" },
  "for the last session of a host": {
    args: ["drain", "gpu-1", "--timeout", "10m"],
    sign: "Waiting until no session is left on gpu-1",
  },
  "for sessions to stay UNKNOWN": { args: ["sweep", "--for", "10m"], sign: "UNKNOWN; looking again" },
};

for (const [place, { args, sign }] of Object.entries(WAITING_PLACES)) {
  Deno.test(`Ctrl-C ends the command with 130 while it waits ${place}`, { ignore }, async () => {
    await using stage = await createStage({ ...FLEET, clock: "manual" });
    if (args[0] === "sweep") {
      stage.broker.hosts.loseAgent("gpu-1");
      stage.broker.advance(300_000);
    }
    const command = inTerminal(stage, args);
    await command.until(sign);
    command.type(CTRL_C);
    assertEquals(await command.ended, 130);
    assert(!/at .*\.ts:\d/.test(command.written), command.written);
    const created = stage.broker.journal.entries({ operation: "createSessions" }).at(-1)?.outcomes
      ?.succeeded[0];
    if (created !== undefined) assertStringIncludes(command.written, `Session ${created} was created`);
  });
}

Deno.test("Ctrl-C in a contract run leaves no session behind", { ignore }, async () => {
  await using stage = await createStage({ servers: [{ hostname: "gpu-1" }], clock: { speed: 20 } });
  const command = inTerminal(stage, ["contract", "--owner", "ana", "--host", "gpu-1"]);
  await command.until("Go ahead? [y/N] ");
  assertStringIncludes(plain(command.written).replaceAll("\n", ""), "for ana on gpu-1");
  const created = new Promise<void>((resolve) => {
    stage.broker.journal.subscribe(({ operation, outcomes }) => {
      if (operation === "createSessions" && outcomes?.succeeded.length) resolve();
    });
  });
  command.type("y\r");
  await created;
  command.type(CTRL_C);
  assertEquals(await command.ended, 130);
  const states = stage.broker.sessions.list().items.map(({ state }) => state);
  assert(states.length > 0);
  assert(states.every((state) => state === "DELETING" || state === "DELETED"), states.join());
});

const TERMINALS: Readonly<Record<string, { env: Record<string, string>; begin: string }>> = {
  "kitty": { env: { TERM: "xterm-kitty" }, begin: "\x1b_Ga=T,f=100,m=0;iVBOR" },
  "iTerm2": { env: { TERM_PROGRAM: "iTerm.app" }, begin: "\x1b]1337;File=inline=1;size=" },
};

for (const [name, { env, begin }] of Object.entries(TERMINALS)) {
  Deno.test(`screenshot --show shows the picture in ${name}, and writes no file`, { ignore }, async () => {
    await using stage = await createStage(FLEET);
    const command = inTerminal(stage, ["screenshot", "s-ana", "--show"], { env });
    assertEquals(await command.ended, 0);
    assertStringIncludes(command.written, begin);
    assert(![...Deno.readDirSync(stage.folder)].some(({ name }) => name.endsWith(".png")));
  });
}

Deno.test("screenshot --show writes a file where the terminal shows no pictures", { ignore }, async () => {
  await using stage = await createStage(FLEET);
  const command = inTerminal(stage, ["screenshot", "s-ana", "--show"]);
  assertEquals(await command.ended, 0);
  assertStringIncludes(command.written, "s-ana.png");
  assertEquals((await Deno.stat(`${stage.folder}/s-ana.png`)).isFile, true);
});

/**
 * A walk through `dcvkit` on any runtime: a day in short, over HTTPS, in pipes and in a terminal.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createStage, linesOf, type Program } from "./dcvkit.ts";
import { CTRL_C, inTerminal, plain } from "./terminal.ts";

const FLEET = {
  servers: [
    { hostname: "gpu-1", tags: { gpu: "yes" }, maxVirtualSessions: 10, maxConcurrentSessionsPerUser: 10 },
    { hostname: "cpu-1", tags: { gpu: "no" } },
  ],
  sessions: [{ id: "s-bob", owner: "bob", server: "cpu-1" }],
};

/** Does what an administrator does, with the command that a program runs; each step must come out as it should. */
export async function walkDcvkit(program?: Program): Promise<void> {
  await using stage = await createStage(FLEET, program);
  const output = async (...args: string[]) => {
    const { code, stdout, stderr } = await stage.dcvkit(...args);
    assertEquals(code, 0, `${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  assertStringIncludes(await output("doctor"), "ok     Broker");
  assertEquals(linesOf(await output("servers")).length, 3);
  const create = ["create", "--owner", "ana", "--requirements", "tag:gpu = 'yes'", "--wait", "--keep-token"];
  const id = (await output(...create)).trim();
  assertEquals(JSON.parse(await output("session", id)).Server.Hostname, "gpu-1");
  await output("share", id, "--view", "bob");
  assertMatch(await output("connect", id, "--user", "bob", "--print"), /^https:.+authToken=/);
  assertEquals(await output("screenshot", id), `${id}.png\n`);
  assertEquals(JSON.parse(await output("describe-sessions", "--owner", "ana")).sessions[0].id, id);
  assertStringIncludes(await output("requirements", "check", "tag:gpu = 'no'"), "1 of 2 servers meet it");
  assertStringIncludes(await output("export", "--anonymize"), "servers:");
  assertEquals(await output("drain", "gpu-1", "--delete-all", "--timeout", "30s") !== "", true);
  assertEquals(await output("delete", "--owner", "bob", "--yes"), "s-bob\n");
  assertStringIncludes(await output("contract", "--read-only"), " 0 different");
  await readerLeaves(program);
  await asAPerson(program);
}

/** `dcvkit sessions | head -1`. */
async function readerLeaves(program: Program | undefined): Promise<void> {
  await using stage = await createStage({
    servers: [{ maxVirtualSessions: -1 }],
    sessions: Array.from({ length: 2_000 }, (_, n) => ({ owner: `user-${n}` })),
  }, program);
  const child = stage.start("sessions", "--jsonl");
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const [{ code }, stderr] = await Promise.all([child.status, new Response(child.stderr).text()]);
  assertEquals([code, stderr], [0, ""]);
}

async function asAPerson(program: Program | undefined): Promise<void> {
  await using stage = await createStage(FLEET, program);
  const listed = inTerminal(stage, ["sessions"], { columns: 40 });
  assertEquals(await listed.ended, 0);
  assertStringIncludes(listed.written, "\x1b[32mREADY");
  for (const line of linesOf(plain(listed.written))) assert(line.length <= 40, line);

  const asked = inTerminal(stage, ["delete", "--owner", "bob"]);
  await asked.until("Delete 1 session? [y/N] ");
  asked.type(CTRL_C);
  assertEquals(await asked.ended, 130);
  assertEquals(stage.broker.sessions.get("s-bob").state, "READY");

  const watched = inTerminal(stage, ["servers", "--watch"]);
  await watched.until("cpu-1");
  watched.type(CTRL_C);
  assertEquals(await watched.ended, 130);
}

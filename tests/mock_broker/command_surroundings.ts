/**
 * What the command has to survive, on every runtime: each check starts it as a program of its own, and ends it.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { connect } from "node:net";
import { freePort } from "./free_port.ts";

/** Whatever hangs is ended after so long, and the check fails. */
const PATIENCE_MS = 30_000;

/** How long the command may take to end, in milliseconds. */
const MOST_TO_END_MS = 3_000;

/** Starts the command in a shell, with its output going wherever `rest` says; `exec` leaves one process to end. */
function start(command: readonly string[], args: readonly string[], rest = ""): Deno.ChildProcess {
  const quoted = [...command, ...args].map((arg) => `'${arg}'`).join(" ");
  return new Deno.Command("sh", {
    args: ["-c", `echo $$ >&2; exec ${quoted} ${rest}`],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).spawn();
}

async function waitForHealth(port: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const isUp = await fetch(`http://127.0.0.1:${port}/health`).then(async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    }, () => false);
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The command does not answer");
}

/** Asks for so much that the log fills any pipe many times over. */
async function fillTheLog(port: number): Promise<void> {
  const path = "x".repeat(2_000);
  for (let i = 0; i < 1_000; i++) {
    const answer = await fetch(`http://127.0.0.1:${port}/${path}`);
    await answer.body?.cancel();
    assertEquals(answer.status, 404);
  }
}

/** Ends the command and checks that it ends as it should; nothing may have failed in it before. */
async function assertEnds(child: Deno.ChildProcess, pid = child.pid): Promise<void> {
  const since = Date.now();
  Deno.kill(pid, "SIGTERM");
  const [{ code }, stderr] = await Promise.all([child.status, new Response(child.stderr).text()]);
  assertEquals([code, stderr.replace(/^\d+\n/, "")], [0, ""]);
  assert(Date.now() - since < MOST_TO_END_MS, `It took ${Date.now() - since} ms to end`);
}

/** Whoever started the command never reads what it prints. */
export async function outputIsNotRead(command: readonly string[]): Promise<void> {
  const port = freePort();
  const child = start(command, ["--no-tls", "--port", `${port}`, "--log", "json"]);
  await waitForHealth(port);
  await fillTheLog(port);
  await waitForHealth(port);
  await assertEnds(child);
  await child.stdout.cancel();
}

/** Whoever started the command has closed its output already. */
export async function outputIsClosed(command: readonly string[]): Promise<void> {
  const port = freePort();
  const child = start(command, ["--no-tls", "--port", `${port}`, "--log", "json"], ">&-");
  await waitForHealth(port);
  await fillTheLog(port);
  await assertEnds(child);
  await child.stdout.cancel();
}

/** `dcv-mock-broker | head -1`: the reader takes the first line and leaves. */
export async function readerLeaves(command: readonly string[]): Promise<void> {
  const port = freePort();
  const child = start(command, ["--no-tls", "--port", `${port}`, "--log", "json"]);
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assertEquals(JSON.parse(new TextDecoder().decode(value)).event, "listening");
  await reader.cancel();
  await fillTheLog(port);
  await waitForHealth(port);
  await assertEnds(child);
}

/** Somebody has connected, and does not go on with the TLS handshake. */
export async function handshakeIsHalfDone(command: readonly string[]): Promise<void> {
  const port = freePort();
  const folder = await Deno.makeTempDir();
  const child = start(command, ["--port", `${port}`, "--log", "json", "--ca-file", `${folder}/ca.pem`]);
  const reader = child.stdout.getReader();
  await reader.read();
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.on("connect", () => resolve()));
  await assertEnds(child);
  socket.destroy();
  await reader.cancel();
  await Deno.remove(folder, { recursive: true });
}

/** All of it. */
export const SURROUNDINGS: Readonly<Record<string, (command: readonly string[]) => Promise<void>>> = {
  "nobody reads its output": outputIsNotRead,
  "its output is closed": outputIsClosed,
  "the reader of its output leaves after a line": readerLeaves,
  "a client does not finish its TLS handshake": handshakeIsHalfDone,
};

/**
 * What a world in a state file has to survive, on every runtime: each check starts the command as a program of its
 * own, and ends it.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { RunningMock, startMock, temporaryFolder } from "./running_mock.ts";

/** Long enough for a busy machine to write what has changed, which takes a second where there is time for it. */
const PATIENCE_MS = 20_000;

/** What one program knows of its sessions: only what the broker has told it. */
class Program {
  /** Sessions of which it was told that they are being created, and that it has not asked to delete. */
  readonly created = new Set<string>();
  /** Sessions of which it was told that they are being deleted. */
  readonly deleted = new Set<string>();
  readonly #client: SessionManagerClient;
  readonly #owner: string;
  #isOver = false;

  constructor(client: SessionManagerClient, owner: string) {
    this.#client = client;
    this.#owner = owner;
  }

  async create(): Promise<string> {
    const { Id } = await this.#client.createSession({ Name: "load", Owner: this.#owner, Type: "VIRTUAL" });
    this.created.add(Id);
    return Id;
  }

  async delete(): Promise<void> {
    const [id] = this.created;
    if (id === undefined) return;
    this.created.delete(id);
    await this.#client.deleteSessions([{ SessionId: id, Owner: this.#owner }]);
    this.deleted.add(id);
  }

  /** Creates and deletes until the broker is gone. */
  async work(): Promise<void> {
    try {
      while (!this.#isOver) {
        await (Math.random() < 0.5 || this.created.size < 5 ? this.create() : this.delete());
        await pause(10);
      }
    } catch (error) {
      if (!this.#isOver) throw error;
    }
  }

  /** From now on its calls may fail. */
  end(): void {
    this.#isOver = true;
  }
}

/** So that what follows comes at any moment: waits for up to so many milliseconds. */
async function pause(most: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}

/** Waits until the file holds this text. */
async function untilWritten(path: string, text: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const written = await Deno.readTextFile(path).catch(() => "");
    if (written.includes(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${text} was not written`);
}

async function sessionsOf(client: SessionManagerClient): Promise<Map<string, string>> {
  const sessions = await Array.fromAsync(client.listSessions());
  const states = new Map(sessions.map(({ Id, State }) => [Id!, State!]));
  assertEquals(states.size, sessions.length, "A session is listed twice");
  const places = sessions.filter(({ State }) => State === "READY").length;
  const servers = await Array.fromAsync(client.listServers());
  const counted = servers.reduce((sum, { VirtualSessionCount = 0 }) => sum + VirtualSessionCount, 0);
  assert(counted >= places, `${places} sessions are READY, and ${counted} are counted on servers`);
  return states;
}

/** Kills the command `times` times while programs create and delete sessions. */
async function isKilled(command: readonly string[], times: number): Promise<void> {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/world.json`;
  const fleet = `${folder.path}/fleet.yaml`;
  await Deno.writeTextFile(
    fleet,
    "servers: [{ count: 5, maxVirtualSessions: -1, maxConcurrentSessionsPerUser: 100000 }]\n" +
      "properties: { max-api-requests-per-second: 1000000 }",
  );
  let accessToken = "";
  const known = { created: new Set<string>(), deleted: new Set<string>() };
  for (let round = 0; round <= times; round++) {
    const mock = await startMock(command, "--state", path, "--fleet", fleet);
    const client = mock.client();
    const states = await sessionsOf(client);
    for (const id of known.created) assert(states.has(id), `Round ${round}: ${id} is lost`);
    for (const id of known.deleted) {
      assert(["DELETING", "DELETED", undefined].includes(states.get(id)), `Round ${round}: ${id} is back`);
    }
    // Tokens go on, too.
    if (accessToken !== "") {
      await new SessionManagerClient({ brokerUrl: mock.url, credentials: { accessToken } }).describeServers();
    } else accessToken = await mock.accessToken();
    if (round === times) {
      await mock.end("SIGKILL");
      return;
    }
    const programs = ["ana", "ben", "cid"].map((owner) => new Program(client, owner));
    const work = programs.map((program) => program.work());
    await pause(200);
    const before = programs.map(({ created, deleted }) => ({ created: [...created], deleted: [...deleted] }));
    const marker = await new Program(client, "marker").create();
    await Promise.race([untilWritten(path, marker), Promise.all(work)]);
    await pause(600);
    for (const program of programs) program.end();
    await mock.end("SIGKILL");
    await Promise.all(work);
    // What was acknowledged before something that is in the file is there, unless somebody has asked to delete it.
    before.forEach(({ created, deleted }, index) => {
      for (const id of created) if (programs[index]!.created.has(id)) known.created.add(id);
      for (const id of deleted) known.deleted.add(id);
    });
    known.created.add(marker);
  }
}

/** Another process wants the same file: while the first runs, while it only stands still, and when it is gone. */
async function isUsedTwice(command: readonly string[]): Promise<void> {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/world.json`;
  const first = await startMock(command, "--state", path);
  const refused = async () => {
    const { code, stderr } = await RunningMock.refused(command, "--state", path);
    assertEquals(code, 2);
    assertStringIncludes(stderr, `Cannot use the state file ${path}: process ${first.pid} uses it`);
  };
  await refused();
  Deno.kill(first.pid, "SIGSTOP");
  await refused();
  Deno.kill(first.pid, "SIGCONT");
  const link = `${folder.path}/link.json`;
  await Deno.symlink(path, link);
  assertEquals((await RunningMock.refused(command, "--state", link)).code, 2);
  await first.end("SIGKILL");
  const next = await startMock(command, "--state", path);
  await next.end("SIGTERM");
  assertEquals(await namesIn(folder.path), ["link.json", "world.json"]);
}

/** It is told to end a moment after something has happened, and keeps it. */
async function isEnded(command: readonly string[]): Promise<void> {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/world.json`;
  const ids = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const mock = await startMock(command, "--state", path);
    const states = await sessionsOf(mock.client());
    for (const id of ids) assert(states.has(id), `${id} is lost`);
    ids.add(await new Program(mock.client(), "ana").create());
    assertEquals(await mock.end("SIGTERM"), 0);
  }
  assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
}

/** For a while nothing can be written. */
async function cannotBeWritten(command: readonly string[]): Promise<void> {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/world.json`;
  const mock = await startMock(command, "--state", path);
  // Stands for a disk that is full: no draft can be written beside the file.
  await Deno.mkdir(`${path}.new/full`, { recursive: true });
  const program = new Program(mock.client(), "ana");
  const id = await program.create();
  assertStringIncludes(await mock.readUntil("It is tried again"), `Cannot write the state file ${path}`);
  await program.create();
  await Deno.remove(`${path}.new`, { recursive: true });
  await mock.readUntil(`The state file ${path} is written again`);
  await untilWritten(path, id);
  await Deno.mkdir(`${path}.new/full`, { recursive: true });
  await program.create();
  assertEquals(await mock.end("SIGTERM"), 1);
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

/** All of it; a process is killed so many times. */
export function stateFileChecks(
  kills: number,
): Readonly<Record<string, (command: readonly string[]) => Promise<void>>> {
  return {
    [`it is killed ${kills} times while programs create and delete sessions`]: (command) =>
      isKilled(command, kills),
    "another process wants the same state file": isUsedTwice,
    "it is told to end": isEnded,
    "the file cannot be written for a while": cannotBeWritten,
  };
}

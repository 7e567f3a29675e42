/**
 * Going on from a state file: what is as it was, and what the command line changes in it.
 *
 * @module
 */

import type { MockBrokerOptions } from "../description/options.ts";
import type { SavedWorld } from "../description/saved_world.ts";
import { LAST_TIME } from "../simulation/clock.ts";
import type { MockBroker } from "../mock_broker.ts";
import { withGateway } from "./broker_options.ts";
import type { CommandLine } from "./command_line.ts";
import type { Log } from "./log.ts";
import { StateFile } from "./state_file.ts";

/**
 * Opens the state file and takes up the world in it, if there is one.
 *
 * @param options What the command line says of a world.
 * @throws {Error} If the file is in use, cannot be taken up, or does not go with the command line; it is as it was then.
 */
export async function openKeptWorld(
  path: string,
  broker: MockBroker,
  line: CommandLine,
  options: MockBrokerOptions,
  log: Log,
): Promise<StateFile> {
  const file = await StateFile.open(path, log.warn);
  try {
    const saved = await file.read() as SavedWorld | undefined;
    if (saved === undefined) return file;
    try {
      goOn(broker, saved, line);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw file.refused(error.message, error);
    }
    takeOver(broker, line, options, log);
    return file;
  } catch (error) {
    await file.release();
    throw error;
  }
}

function goOn(broker: MockBroker, saved: SavedWorld, line: CommandLine): void {
  const { clientId, clientSecret, seed, catchUp, speed, frozen, clock = frozen ? "manual" : undefined } =
    line;
  const isGiven = clientId !== undefined && clientSecret !== undefined;
  broker.restore(saved, { clients: isGiven ? [{ clientId, clientSecret }] : [], renewSecrets: true });
  const { credentials } = broker;
  if (clientId !== undefined && credentials.clientId !== clientId) {
    throw new TypeError(`its API client is ${credentials.clientId}, and --client-id says ${clientId}`);
  }
  if (clientSecret !== undefined && credentials.clientSecret !== clientSecret) {
    throw new TypeError("its API client has another secret than --client-secret says");
  }
  if (seed !== undefined && broker.options.seed !== seed) {
    throw new TypeError(`its seed is ${broker.options.seed ?? "random"}, and --seed says ${seed}`);
  }
  if (catchUp && saved.savedAt !== undefined) letPass(broker, saved.savedAt);
  if (clock === "manual") broker.clock.freeze();
  if (clock === "skipping") broker.clock.skip();
  if (clock === "real" || speed !== undefined) broker.clock.unfreeze();
  if (speed !== undefined) broker.clock.setSpeed(speed);
}

/** What has passed in real time passes in a world whose clock runs, at its speed. */
function letPass({ clock }: MockBroker, since: string): void {
  if (clock.frozen) return;
  const passed = Math.max(0, Date.now() - Date.parse(since)) * clock.speed;
  // It runs on while this is worked out.
  clock.freeze();
  clock.advance(Math.min(passed, LAST_TIME - clock.now.getTime()));
  clock.unfreeze();
}

/** A fleet or properties that are named are taken over as after an edit; without one the world keeps its own. */
function takeOver(broker: MockBroker, line: CommandLine, options: MockBrokerOptions, log: Log): void {
  const path = line.fleet ?? line.properties;
  if (path === undefined) {
    const { properties } = broker.options;
    if (line.gatewayPort !== undefined) {
      broker.reconfigure({ ...broker.options, properties: withGateway(properties) });
    }
    return;
  }
  const { servers, sessions, faults, timings, properties } = options;
  const ofFleet = line.fleet === undefined ? {} : { servers, sessions, faults, timings };
  const news = broker.reconfigure({ ...broker.options, ...ofFleet, properties });
  if (news.changes.length + news.afterReset.length > 0) log.fleetFile(path, news);
}

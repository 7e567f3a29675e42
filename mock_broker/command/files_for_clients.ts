/**
 * The files from which programs learn of a broker that is up.
 *
 * @module
 */

import type { MockBroker } from "../mock_broker.ts";
import type { MockBrokerServer } from "../server/mock_broker_server.ts";
import { writeCaFile } from "./ca_file.ts";
import type { CommandLine } from "./command_line.ts";

/** What was written. */
export interface FilesForClients {
  /** Where the CA certificate lies, if there is one. */
  readonly ca: string | undefined;
  /** Takes away what nobody can use any more. */
  remove(): Promise<void>;
}

/** Writes them; what cannot be written that was asked for is an error, and then there are none. */
export async function writeFiles(
  broker: MockBroker,
  server: MockBrokerServer,
  line: CommandLine,
  warn: (text: string) => void,
): Promise<FilesForClients> {
  const ca = await writeCaFile(server, line).catch((error) => {
    // Over plain HTTP only browsers before a desktop would have wanted it.
    if (line.tls || line.caFile !== undefined) throw error;
    warn(error.message);
  });
  const env = await writeVariables(broker, server, line.envFile, ca?.path).catch(async (error) => {
    await ca?.remove();
    throw error;
  });
  return {
    ca: ca?.path,
    async remove() {
      await ca?.remove();
      await env?.remove();
    },
  };
}

async function writeVariables(
  broker: MockBroker,
  { url }: MockBrokerServer,
  path: string | undefined,
  caFile: string | undefined,
) {
  if (path === undefined) return undefined;
  const { writeEnvFile } = await import("./env_file.ts");
  return await writeEnvFile(path, broker, url, caFile);
}

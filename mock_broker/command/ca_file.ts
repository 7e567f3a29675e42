/**
 * The file in which clients find the CA certificate.
 *
 * @module
 */

import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { MockBrokerServer } from "../server/mock_broker_server.ts";
import type { CommandLine } from "./command_line.ts";
import { replaceFile } from "./create_once.ts";

const USUAL_HOST = "127.0.0.1";
const USUAL_PORT = "8443";

/** A file with a CA certificate. */
export interface CaFile {
  readonly path: string;
  /** Removes it, if it is one that nobody asked for and nobody can use any more. */
  remove(): Promise<void>;
}

/** Puts the CA certificate where clients find it. Two commands in one folder do not take it from each other. */
export async function writeCaFile(
  { ca, url }: MockBrokerServer,
  { caDir, caFile, host = USUAL_HOST }: CommandLine,
): Promise<CaFile | undefined> {
  if (ca === undefined) return undefined;
  if (caDir !== undefined && caFile === undefined) {
    return {
      path: resolve(keptCaPath(caDir)),
      remove: () => Promise.resolve(),
    };
  }
  const path = resolve(caFile ?? usualName(host, new URL(url).port));
  try {
    await replaceFile(path, ca);
  } catch (cause) {
    throw new Error(`Cannot write the CA certificate: ${(cause as Error).message}`, { cause });
  }
  const remove = async () => {
    if (caFile === undefined && await readFile(path, "utf8") === ca) await rm(path);
  };
  // Somebody else may have removed it.
  return { path, remove: () => remove().catch(() => {}) };
}

/** Where the certificate of the authority lies that is kept in this folder. */
export function keptCaPath(caDir: string): string {
  return join(caDir, "ca.pem");
}

/** The authority is another one at each start, and so is the file's name for each address that is listened on. */
function usualName(host: string, port: string): string {
  const parts = [
    "mock-broker-ca",
    ...(host === USUAL_HOST ? [] : [host.replaceAll(":", "_")]),
    ...(port === USUAL_PORT ? [] : [port]),
  ];
  return `${parts.join("-")}.pem`;
}

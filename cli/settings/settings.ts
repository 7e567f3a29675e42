/**
 * How to reach the broker: from options, the environment and the configuration file, in this order.
 *
 * @module
 */

import process from "node:process";
import type { ClientCredentials } from "@dcvkit/session-manager";
import { CommandError, EXIT } from "../exit_codes.ts";
import { type ConfigurationFile, readConfigurationFile } from "./configuration_file.ts";

/** The options that every command takes. None of them is a secret. */
export interface GlobalOptions {
  conf?: string | undefined;
  brokerUrl?: string | undefined;
  authServerUrl?: string | undefined;
  caBundle?: string | undefined;
  serverName?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
  /** `--no-verify-ssl` makes it false. */
  verifySsl?: boolean | undefined;
  keepToken?: boolean | undefined;
  debug?: boolean | undefined;
}

/** What the command works with. */
export interface Settings {
  readonly brokerUrl: string;
  /** A token endpoint that is not the broker's own. */
  readonly tokenUrl?: string | undefined;
  /** Absent for a broker with `enable-authorization = false`. */
  readonly credentials?: ClientCredentials | { accessToken: string } | undefined;
  /** Paths of PEM files. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly serverName?: string | undefined;
  readonly isVerified: boolean;
  readonly isTokenKept: boolean;
  readonly isDebugging: boolean;
  /** The configuration file that was read, if there is one. */
  readonly file?: string | undefined;
}

/** Reads the settings for the options of a command. */
export async function readSettings(options: GlobalOptions): Promise<Settings> {
  const { env, platform } = process;
  const file = await readConfigurationFile(options.conf, env, platform);
  const brokerUrl = options.brokerUrl ?? env.DCV_SM_BROKER_URL ?? file?.brokerUrl;
  if (brokerUrl === undefined) throw missingBroker(file);
  const tokenUrl = options.authServerUrl ?? env.DCV_SM_AUTH_SERVER_URL ?? file?.authServerUrl;
  return {
    brokerUrl,
    tokenUrl: isOwnEndpoint(tokenUrl, brokerUrl) ? undefined : tokenUrl,
    credentials: credentialsOf(file),
    ca: options.caBundle ?? env.DCV_SM_CA_FILE ?? file?.caBundle,
    cert: options.cert,
    key: options.key,
    serverName: options.serverName,
    isVerified: (options.verifySsl ?? true) && file?.noVerifySsl !== true,
    isTokenKept: options.keepToken ?? false,
    isDebugging: options.debug ?? file?.debug ?? false,
    file: file?.path,
  };
}

function missingBroker(file: ConfigurationFile | undefined): CommandError {
  const where = file === undefined ? "" : `, or "url" in the section [broker] of ${file.path}`;
  return new CommandError(
    EXIT.environment,
    `No broker is named: pass --broker-url https://broker:8443, or set DCV_SM_BROKER_URL${where}`,
  );
}

/** A ready token comes first, as in `dcvsm`. */
function credentialsOf(file: ConfigurationFile | undefined): Settings["credentials"] {
  const { DCV_SM_OAUTH2_TOKEN: accessToken, DCV_SM_CLIENT_ID, DCV_SM_CLIENT_PASSWORD } = process.env;
  if (accessToken) return { accessToken };
  const clientId = DCV_SM_CLIENT_ID || file?.clientId;
  const clientSecret = DCV_SM_CLIENT_PASSWORD || file?.clientPassword;
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  const missing = clientId === undefined ? "DCV_SM_CLIENT_ID" : "DCV_SM_CLIENT_PASSWORD";
  throw new CommandError(EXIT.environment, `Credentials are not complete: set ${missing} in the environment`);
}

/** `dcvsm`'s file names the broker's own token endpoint in full, which needs nothing of an external server. */
function isOwnEndpoint(tokenUrl: string | undefined, brokerUrl: string): boolean {
  if (tokenUrl === undefined) return true;
  const own = `${brokerUrl.replace(/\/+$/, "")}/oauth2/token`;
  return tokenUrl === own || tokenUrl === `${own}?grant_type=client_credentials`;
}

/**
 * Which certificate the broker shows, who signed it, which names it has, and whether that is enough.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { connect, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Settings } from "../settings/settings.ts";
import { hostOf, portOf } from "./address.ts";
import type { Check } from "./check.ts";

/** How long a handshake may take, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Shakes hands twice: once to see the certificate whatever it is, once to see whether it is trusted. */
export const checkCertificate: Check = async (settings) => {
  if (new URL(settings.brokerUrl).protocol === "http:") {
    return { isWell: true, seen: "Plain HTTP: the secret can be read by whoever is in between" };
  }
  const shown = await handshake(settings, false);
  if (typeof shown === "string") {
    return {
      isWell: false,
      seen: `No TLS handshake (${shown})`,
      mend: "Is this port one of plain HTTP? Then write http://",
    };
  }
  const about = describe(shown);
  if (!settings.isVerified) return { isWell: true, seen: `${about}; verification is switched off` };
  const trusted = await handshake(settings, true);
  if (typeof trusted !== "string") return { isWell: true, seen: about };
  return { isWell: false, seen: `${about}: ${trusted}`, mend: mendFor(trusted, shown, settings) };
};

function mendFor(
  failure: string,
  { subjectaltname = "" }: PeerCertificate,
  { brokerUrl, ca }: Settings,
): string {
  if (failure.includes("ALTNAME")) {
    const [name] = /DNS:([^,\s]+)/.exec(subjectaltname)?.slice(1) ?? [];
    return name === undefined
      ? "The certificate has no host name: it has to be made anew"
      : `Reach the broker as ${name}, or pass --server-name ${name}`;
  }
  if (failure.includes("EXPIRED")) return "The certificate has to be renewed on the broker's host";
  const file = "/var/lib/dcvsmbroker/security/dcvsmbroker_ca.pem";
  return ca === undefined
    ? `Copy ${file} from the broker's host (${hostOf(brokerUrl)}) to here, and pass it with --ca`
    : `${ca} is not the authority that signed it: copy ${file} from the broker's host again`;
}

/** The certificate that was shown, or why there is none or it is not trusted. */
async function handshake(settings: Settings, isVerified: boolean): Promise<PeerCertificate | string> {
  const { brokerUrl, ca, cert, key, serverName } = settings;
  const host = hostOf(brokerUrl);
  const name = serverName ?? host;
  const read = (path: string | undefined) => path === undefined ? undefined : readFile(path, "utf8");
  const options = {
    host,
    port: portOf(brokerUrl),
    rejectUnauthorized: isVerified,
    ca: isVerified ? await read(ca) : undefined,
    cert: await read(cert),
    key: await read(key),
    ...(isIP(name) === 0 && { servername: name }),
  };
  return await new Promise((resolve) => {
    const socket: TLSSocket = connect(options, () => end(socket.getPeerCertificate()));
    const end = (result: PeerCertificate | string) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(PATIENCE_MS, () => end("ETIMEDOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

function describe({ subject, issuer, subjectaltname, valid_to }: PeerCertificate): string {
  const names = subjectaltname?.replace(/(DNS|IP Address):/g, "") ?? "no name";
  return `${nameOf(subject)} for ${names}, signed by ${nameOf(issuer)}, good until ${valid_to}`;
}

function nameOf(name: PeerCertificate["subject"] | undefined): string {
  return String(name?.CN ?? name?.O ?? "somebody without a name");
}

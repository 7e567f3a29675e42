/**
 * Whether the broker's name leads to an address, and whether something listens there.
 *
 * @module
 */

import { lookup } from "node:dns/promises";
import { connect } from "node:net";
import type { Check } from "./check.ts";
import { hostOf, portOf } from "./address.ts";

/** How long a port may take to answer, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Asks for the addresses of the broker's name. */
export const checkName: Check = async ({ brokerUrl }) => {
  const host = hostOf(brokerUrl);
  try {
    const addresses = await lookup(host, { all: true });
    return { isWell: true, seen: `${host} is ${addresses.map(({ address }) => address).join(", ")}` };
  } catch {
    return {
      isWell: false,
      seen: `No address is known for ${host}`,
      mend:
        "Check the spelling. A broker's certificate has its short host name only: where that is not known here, " +
        "use a name that is, and pass --server-name with the one in the certificate.",
    };
  }
};

/** Opens a connection. */
export const checkPort: Check = async ({ brokerUrl }) => {
  const [host, port] = [hostOf(brokerUrl), portOf(brokerUrl)];
  const failure = await connectionFailure(host, port);
  if (failure === undefined) return { isWell: true, seen: `${host}:${port} takes connections` };
  const mend = failure === "ECONNREFUSED"
    ? "Nothing listens there: is the broker running, and is this its port for clients, 8443 by default?"
    : "No answer: a firewall or a security group in between may not let this machine through.";
  return { isWell: false, seen: `${host}:${port} takes no connection (${failure})`, mend };
};

function connectionFailure(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (failure?: string) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(PATIENCE_MS, () => end("ETIMEDOUT"));
    socket.once("connect", () => end());
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

import { isIP } from "node:net";

/** One entry of the SubjectAltName extension. */
export interface AlternativeName {
  type: "dns" | "ip";
  value: string;
}

/** The names under which a server on the loopback interface is reached. */
export const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "::1"];

const HOST_NAME_LABEL = /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/i;

/**
 * The entries for these host names (also `*.example.com`) and IP addresses, each once.
 *
 * @throws {TypeError} If there is no name, or if one is neither a host name nor an IP address.
 */
export function alternativeNames(names: readonly string[]): AlternativeName[] {
  if (names.length === 0) throw new TypeError('"names" must hold at least one name: []');
  return [...new Set(names)].map(alternativeName);
}

function alternativeName(name: string): AlternativeName {
  const address = ipAddress(name);
  if (address !== undefined) return { type: "ip", value: address };
  if (isHostName(name)) return { type: "dns", value: name };
  throw new TypeError(`"names" must hold host names and IP addresses: ${JSON.stringify(name)}`);
}

/** The canonical form of an IP address: the library misreads addresses such as `::ffff:127.0.0.1`. */
function ipAddress(name: string): string | undefined {
  if (isIP(name) === 4) return name;
  const url = `https://[${name}]`;
  return isIP(name) === 6 && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

function isHostName(name: string): boolean {
  return name.replace(/^\*\./, "").split(".").every((label) => HOST_NAME_LABEL.test(label));
}

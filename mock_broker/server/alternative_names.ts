import { isIP } from "node:net";

/** One entry of the SubjectAltName extension. */
export interface AlternativeName {
  type: "dns" | "ip";
  value: string;
}

/** The names under which a server on the loopback interface is reached. */
export const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/** The entries for these host names (also `*.example.com`) and IP addresses, each once. */
export function alternativeNames(names: readonly string[]): AlternativeName[] {
  return [...new Set(names)].map(alternativeName);
}

function alternativeName(name: string): AlternativeName {
  const address = ipAddress(name);
  return address === undefined ? { type: "dns", value: name } : { type: "ip", value: address };
}

/** The canonical form of an IP address, without dots in one of version 6. */
function ipAddress(name: string): string | undefined {
  if (isIP(name) === 4) return name;
  const url = `https://[${name}]`;
  return isIP(name) === 6 && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

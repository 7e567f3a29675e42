/**
 * Where hosts are shown to be. While the desktop connector is served, that is where it listens, so that connection URLs
 * lead somewhere; hosts with an address of their own keep it.
 *
 * @module
 */

import type { DnsMapping } from "../description/dns_mapping.ts";
import type { Fleet } from "../simulation/fleet.ts";
import type { Host } from "../simulation/host.ts";
import { dnsNameOf } from "./gateway/dns_mappings.ts";

/** Where the desktop connector listens. */
export interface DesktopAddress {
  readonly ip: string;
  /** The name under which gateways reach it. */
  readonly name: string;
  readonly port: number;
}

/** Where a host is shown to be. */
export interface HostAddress {
  readonly ip: string;
  readonly port: number;
  readonly webUrlPath: string;
}

/** The shown addresses of a broker's hosts. */
export class HostAddresses {
  /** Where desktops are served, the latest last; worlds in one server share it. */
  #desktops: DesktopAddress[] = [];
  /** What comes before the path of a host: the way to its world. */
  #path = "";

  /** Where desktops are served now; the answer stays the same object as long as that does not change. */
  get desktop(): DesktopAddress | undefined {
    return this.#desktops.at(-1);
  }

  /** Says that desktops are served at a URL; returns how to say that they no longer are. */
  serve(url: string): () => void {
    const desktop = addressIn(url);
    this.#desktops.push(desktop);
    return () => {
      const index = this.#desktops.indexOf(desktop);
      if (index >= 0) this.#desktops.splice(index, 1);
    };
  }

  /** Shares the desktops of another broker, in which this one is a world at `path`. */
  follow(other: HostAddresses, path: string): void {
    this.#desktops = other.#desktops;
    this.#path = path;
  }

  /** Where browsers and clients find a host. */
  of({ about: { hasOwnAddress, hostname, ip, port, webUrlPath } }: Host): HostAddress {
    const { desktop } = this;
    if (hasOwnAddress || !desktop) return { ip, port, webUrlPath };
    const path = `${this.#path}/${encodeURIComponent(hostname)}`;
    return { ip: desktop.ip, port: desktop.port, webUrlPath: path };
  }

  /** The host whose own address, or name, this is; port 443 is none in a URL. */
  hostAt({ machines }: Fleet, hostname: string, port: string): Host | undefined {
    if (!hostname.includes(".") || hostname.endsWith(".mock")) return undefined;
    for (const host of machines) {
      const { ip, dnsName, port: own } = host.about;
      if ((ip === hostname || dnsName === hostname) && own === Number(port || 443)) return host;
    }
    return undefined;
  }

  /** The name under which gateways find a host, if it has one: registered, its own, or that of the desktops. */
  nameOf(host: Host, mappings: readonly DnsMapping[] = []): string | undefined {
    const name = dnsNameOf(host, mappings);
    const isAssumed = name !== undefined && name === host.about.dnsName && !host.about.hasOwnName;
    return isAssumed && !host.about.hasOwnAddress && this.desktop ? this.desktop.name : name;
  }
}

/** `localhost` is a name, and clients of the API expect an address. */
function addressIn(url: string): DesktopAddress {
  const { hostname, port } = new URL(url);
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  const isLoopback = bare === "localhost" || bare === "127.0.0.1";
  return {
    ip: isLoopback ? "127.0.0.1" : bare,
    name: isLoopback || bare === "::1" ? "localhost" : bare,
    port: Number(port || 443),
  };
}

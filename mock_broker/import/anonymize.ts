/**
 * Answers without the names of people, hosts, addresses and ids: each is replaced by another, the same one everywhere.
 *
 * @module
 */

import type { Server, Session } from "@dcvkit/session-manager";
import type { Answers } from "./answers.ts";

/** What anonymized answers still tell. */
export const LEFT_AS_IS = [
  "keys of tags, and the tags that begin with dcv:",
  "operating systems, processors, graphics, versions, instance types and regions",
  "sizes, counts, loads, ports, states and times",
];

/** The answers with other names. */
export function anonymized(answers: Answers): Answers {
  const names = new Names();
  return {
    ...answers,
    servers: answers.servers.map((server) => anonymousServer(server, names)),
    sessions: answers.sessions.map((session) => anonymousSession(session, names)),
    // An unknown field may have any name.
    dropped: answers.dropped.length > 0 ? [`${answers.dropped.length} of them`] : [],
  };
}

function anonymousSession(session: Partial<Session>, names: Names): Partial<Session> {
  return mapped(session, {
    Id: names.as((n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`, "session"),
    Name: names.as((n) => `session-${n}`, "name"),
    Owner: names.as((n) => `user-${n}`, "user"),
    StateReason: names.as((n) => `reason ${n}`, "reason"),
    StorageRoot: names.as((n) => `/storage/${n}`, "storage"),
    Server: (server) => anonymousServer(server as Server, names),
  });
}

function anonymousServer(server: Server, names: Names): Server {
  const path = names.as((n) => `/path-${n}`, "path");
  const address = names.as(addressOf, "address");
  return mapped(server, {
    Id: names.as((n) => `server-${n}`, "server"),
    Hostname: names.as((n) => `host-${n}`, "host"),
    Ip: address,
    DefaultDnsName: names.as((n) => `name-${n}.example.com`, "dns"),
    WebUrlPath: path,
    Endpoints: (list) =>
      (list as NonNullable<Server["Endpoints"]>).map((endpoint) =>
        mapped(endpoint, { IpAddress: address, WebUrlPath: path })
      ),
    Tags: (list) =>
      (list as NonNullable<Server["Tags"]>).map((tag) =>
        tag.Key?.startsWith("dcv:") ? tag : mapped(tag, { Value: names.as((n) => `value-${n}`, "tag") })
      ),
    Host: (host) =>
      mapped(host as NonNullable<Server["Host"]>, {
        Aws: (aws) =>
          mapped(aws as object, {
            EC2InstanceId: names.as((n) => `i-${n.toString(16).padStart(17, "0")}`, "instance"),
            EC2ImageId: names.as((n) => `ami-${n.toString(16).padStart(17, "0")}`, "image"),
          }),
        LoggedInUsers: (users) =>
          (users as { Username?: string }[]).map((user) =>
            mapped(user, { Username: names.as((n) => `user-${n}`, "user") })
          ),
      }),
  });
}

/** The object with some of its members changed, where it has them. */
function mapped<T extends object>(
  value: T,
  changes: Readonly<Record<string, (member: unknown) => unknown>>,
): T {
  const members = Object.entries(value).map(([name, member]) => [
    name,
    Object.hasOwn(changes, name) ? changes[name]!(member) : member,
  ]);
  return Object.fromEntries(members) as T;
}

/** Addresses of everybody, of this machine, and the path of a server alone tell nothing of a site. */
const TELLS_NOTHING: ReadonlySet<unknown> = new Set(["", "/", "0.0.0.0", "::", "127.0.0.1", "::1", "%home%"]);

/** Which name has become which. */
class Names {
  readonly #kinds = new Map<string, Map<unknown, string>>();

  /** Replaces a value by the one that is made of its number among those of its kind. */
  as(make: (number: number) => string, kind: string): (value: unknown) => unknown {
    const known = this.#kinds.get(kind) ?? new Map<unknown, string>();
    this.#kinds.set(kind, known);
    return (value) => {
      if (TELLS_NOTHING.has(value)) return value;
      const name = known.get(value) ?? make(known.size + 1);
      known.set(value, name);
      return name;
    };
  }
}

/** In 198.18.0.0/15, which is kept for tests of networks (RFC 2544) and is the address of nobody. */
function addressOf(n: number): string {
  return `198.${18 + (n >> 16 & 1)}.${n >> 8 & 255}.${n & 255}`;
}

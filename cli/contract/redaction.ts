/**
 * Takes out of a report what belongs to one site: names, addresses, ids and tokens.
 *
 * @module
 */

/** Members of answers whose values name something of the site. */
const NAMING =
  /^(Id|.*Id|Ip|IpAddress|Hostname|Owner|User|Name|DefaultDnsName|Value|ConnectionToken|EC2\w+|Username)$/;

/** Shorter texts would take away words of the report itself. */
const SHORTEST = 3;

/** Texts that look like what belongs to a site, wherever they stand. */
const PATTERNS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "<uuid>"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "<token>"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "<address>"],
  [/\bi-[0-9a-f]{8,17}\b/g, "<instance>"],
  [/https?:\/\/[^\s"']+/g, "<url>"],
];

/** Learns what belongs to a site, and takes it out of texts. */
export class Redaction {
  readonly #known = new Set<string>();

  /** Learns texts, the longest of which goes first. */
  learn(...texts: (string | undefined)[]): void {
    for (const text of texts) if (text !== undefined && text.length >= SHORTEST) this.#known.add(text);
  }

  /** Learns the names and ids of an answer. */
  learnFrom(text: string): void {
    try {
      JSON.parse(text, (member, value) => {
        if (typeof value === "string" && NAMING.test(member)) this.learn(value);
        return value;
      });
    } catch {
      // What is not JSON has no members.
    }
  }

  /** The text without what was learned, and without what looks like it. */
  applyTo(text: string): string {
    let left = text;
    for (const known of [...this.#known].sort((a, b) => b.length - a.length)) {
      left = left.replace(asWord(known), "<site>");
    }
    for (const [pattern, instead] of PATTERNS) left = left.replace(pattern, instead);
    return left;
  }
}

/** The text where it stands for itself: "ana" is no part of "manager". */
function asWord(text: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`,
    "gu",
  );
}

/** A `fetch` that lets a redaction learn from every answer. */
export function learningFetch(fetch: typeof globalThis.fetch, redaction: Redaction): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    redaction.learnFrom(await response.clone().text());
    return response;
  };
}

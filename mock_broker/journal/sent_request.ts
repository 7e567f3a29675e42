/**
 * A request as it was sent: its URL and its headers, without secrets.
 *
 * @module
 */

/** What a server had of a request. It stays as it is until somebody reads the entry. */
export interface SentRequest {
  /** The URL as the server made it out. */
  readonly url: string;
  /** What stood behind the method; absent in process. */
  readonly target: string | undefined;
  /** Over a socket names and values in turn, as Node's `rawHeaders` has them. */
  readonly headers: Headers | readonly string[];
  /** `1.0` or `1.1`. */
  readonly httpVersion: string;
}

/** A name with a value, of a header or a parameter. */
export interface NameAndValue {
  /** As it was sent. */
  readonly name: string;
  /** As it was sent, unless it is a secret. */
  readonly value: string;
}

const SECRET = /secret|password|token/i;

const SECRET_HEADER = /secret|password|token|authorization|cookie|api-?key/i;

/** Parameters within a value, a `Referer`'s say. */
const SECRET_PARAMETER = /((?:^|[?&;,\s])[^=?&;,\s]*(?:secret|password|token)[^=?&;,\s]*=)[^&;,\s#]+/gi;

const HIDDEN = "(hidden)";

/** The headers in the order in which they came, with capitals where there were some. */
export function sentHeaders({ headers }: SentRequest): NameAndValue[] {
  if (headers instanceof Headers) return [...headers].map(([name, value]) => shown(name, value));
  return headers.flatMap((name, index) => index % 2 === 0 ? [shown(name, headers[index + 1] ?? "")] : []);
}

/** The headers by their names in small letters; those that came several times are joined by commas. */
export function headersByName(request: SentRequest): Record<string, string> {
  const joined = new Map<string, string>();
  for (const { name, value } of sentHeaders(request)) {
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}

/** Of an authorization the scheme is shown, which is no secret and often what is wrong. */
function shown(name: string, value: string): NameAndValue {
  if (!SECRET_HEADER.test(name)) return { name, value: value.replace(SECRET_PARAMETER, `$1${HIDDEN}`) };
  const scheme = /^(?:Basic|Bearer|Digest|DPoP|Negotiate)(?= )/i.exec(value)?.[0];
  return { name, value: scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}` };
}

/** The path as it was sent, percent signs and all; `path` is the one within the world, decoded. */
export function sentPath(request: SentRequest, path: string): string {
  const [whole] = splitTarget(request);
  const steps = whole!.split("/");
  return steps.length === path.split("/").length ? whole! : `/${steps.slice(PREFIX_STEPS).join("/")}`;
}

/** Nothing, `worlds` and a world's name. */
const PREFIX_STEPS = 3;

/** The whole URL. */
export function sentUrl(request: SentRequest): string {
  const [path, query] = splitTarget(request);
  const kept = withoutSecrets(query);
  return new URL(request.url).origin + path + (kept === "" ? "" : `?${kept}`);
}

/** The query as it stands in the URL, without its question mark and with its secrets. */
export function sentQuery(request: SentRequest): string {
  return splitTarget(request)[1];
}

/** Path and query. A proxy's caller sends a whole URL for a target. */
function splitTarget({ url, target }: SentRequest): [path: string, query: string] {
  const [whole = ""] = (target ?? url).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").split("#");
  const question = whole.indexOf("?");
  return question < 0 ? [whole, ""] : [whole.slice(0, question), whole.slice(question + 1)];
}

/** A query or a form as it was sent, without the parameters that are secrets by their names. */
export function withoutSecrets(text: string): string {
  return text.split("&").filter((pair) => !pairsOf(pair).some(([name]) => SECRET.test(name))).join("&");
}

/** The parameters of a query or a form in their order, without those that are secrets by their names. */
export function parameterList(text: string): NameAndValue[] {
  return pairsOf(text).filter(([name]) => !SECRET.test(name)).map(([name, value]) => ({ name, value }));
}

/** The same by name; of several with one name the last. */
export function parametersOf(text: string): Record<string, string> {
  return Object.fromEntries(parameterList(text).map(({ name, value }) => [name, value]));
}

function pairsOf(text: string): [name: string, value: string][] {
  return text === "" ? [] : [...new URLSearchParams(text)];
}

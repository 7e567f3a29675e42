/**
 * What a request is about: the sessions, servers and owners that its body names.
 *
 * @module
 */

type Json = Record<string, unknown>;

/** The names in a body of JSON, wherever its operation has them; none in any other. */
export function namesIn(text: string): string[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [];
  }
  return [body].flat().flatMap((item) => isObject(item) ? namesOf(item) : []);
}

/** The names of one item of a batch, or of a listing's conditions. */
export function namesOf(item: object): string[] {
  const { SessionId, ServerId, Name, Owner, SessionIds, ServerIds, Filters } = item as Json;
  const filters = Array.isArray(Filters) ? Filters : [];
  const owners = filters.filter((filter) => filter?.Key === "owner").map(({ Value }) => Value);
  return [SessionId, ServerId, Name, Owner, SessionIds, ServerIds, owners].flat()
    .filter((name) => typeof name === "string");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

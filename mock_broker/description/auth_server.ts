/**
 * An external authorization server, as a caller describes it.
 *
 * @module
 */

import * as z from "zod";
import type { KeySet } from "./key_set.ts";
import { once } from "./once.ts";
import { either, list } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** A key set, or the URL of one. */
export type AuthServer = string | KeySet;

const WORDS = "a key set or the http(s) URL of one";

/** The rules of an authorization server; what is in a key is for whoever reads it to judge. */
export const authServerSchema = once(() =>
  either(
    WORDS,
    z.url({ protocol: /^https?$/i, error: `must be ${WORDS}` }),
    z.looseObject({
      keys: list(z.looseObject({}, "must be an object") as z.ZodType<object, object>),
    }),
  ).describe("Key set (JWKS) of an external authorization server, or its URL")
);

export type AuthServerMatches = Expect<
  SameType<KnownIn<z.input<ReturnType<typeof authServerSchema>>>, AuthServer>
>;

/** Without the names that a key set may have beside its keys. */
type KnownIn<T> = T extends string ? T : Pick<T, "keys" & keyof T>;

/**
 * A registered API client, as a caller describes it.
 *
 * @module
 */

import type { z } from "zod";
import type { ApiClientCredentials } from "../simulation/api_clients.ts";
import { once } from "./once.ts";
import { object, textLike } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** An API client to register; what is left open is random, in the broker's own form. */
export type ApiClientOptions = { readonly [Key in keyof ApiClientCredentials]?: string | undefined };

/** The rules of an API client: what Basic authentication can carry (RFC 7617, section 2). */
export const apiClientSchema = once(() =>
  object({
    clientId: textLike(/^[^:\p{Cc}]+$/u, "a text without colons and control characters").optional()
      .describe("Default random"),
    clientSecret: textLike(/^\P{Cc}+$/u, "a text without control characters").optional()
      .describe("Default random"),
  }).describe("A registered API client")
);

export type ApiClientOptionsMatch = Expect<
  SameType<z.input<ReturnType<typeof apiClientSchema>>, ApiClientOptions>
>;

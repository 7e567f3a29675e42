/**
 * Where a mock broker listens, and with what certificate, as a caller describes it.
 *
 * @module
 */

import { isIP } from "node:net";
import * as z from "zod";
import { once } from "./once.ts";
import { either, flag, list, object, oneOf, text, wholeNumber } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** Where and how a mock broker listens. */
export interface ListenOptions {
  /**
   * Port of the client connector; 0 is any free one.
   *
   * @default {the broker property's, 8443}
   */
  port?: number | undefined;
  /**
   * Address to listen on.
   *
   * @default {"127.0.0.1", which nobody reaches from another machine}
   */
  hostname?: string | undefined;
  /**
   * HTTPS with a certificate of the mock's own authority, new each time or kept by the caller, or with a given
   * certificate; `false` is plain HTTP.
   *
   * @default {true}
   */
  tls?: boolean | CertificateAndKey | KeptAuthority | undefined;
  /**
   * What is wrong with the certificate of the mock's own authority, for tests of what a program does then: it has
   * expired, it is valid from tomorrow on, or it names another host.
   *
   * @default {nothing}
   */
  certificateFault?: CertificateFault | undefined;
  /**
   * More host names and addresses for a certificate of the mock's own authority.
   *
   * @default {none}
   */
  names?: readonly string[] | undefined;
  /**
   * Port of the agent connector; 0 is any free one.
   *
   * @default {it does not listen}
   */
  agentPort?: number | undefined;
  /**
   * Port of the gateway connector; 0 is any free one.
   *
   * @default {it does not listen}
   */
  gatewayPort?: number | undefined;
  /**
   * Port of the desktop connector, to which connection URLs then lead; 0 is any free one. It speaks HTTPS whatever
   * `tls` says, as DCV servers do and as connection URLs are made for.
   *
   * @default {it does not listen}
   */
  desktopPort?: number | undefined;
  /**
   * The origin whose web pages may call the client connector, or `true` for any, as through a proxy with CORS. A real
   * broker lets none.
   *
   * @default {false}
   */
  cors?: boolean | string | undefined;
}

/** What can be wrong with a certificate whose authority is trusted. */
export type CertificateFault = "expired" | "notYetValid" | "wrongName";

/** An authority that clients trust already; a new one each time would have to be handed to them anew. */
export interface KeptAuthority {
  /** Its certificate and private key. */
  authority: CertificateAndKey;
}

/** A certificate and its private key. */
export interface CertificateAndKey {
  /** The certificate, as PEM text. */
  cert: string;
  /** The private key, as PEM text (PKCS#8, not encrypted). */
  key: string;
}

/** The rules of where a broker listens. */
export const listenOptionsSchema = once(() => {
  const port = wholeNumber(0, 65_535).optional();
  const pair = object({ cert: text(), key: text() });
  return object({
    port: port.describe(
      "Port of the client connector; 0 is any free one (default the broker property's, 8443)",
    ),
    hostname: text().optional().describe("Address to listen on (default 127.0.0.1)"),
    tls: either(
      "true, false, a certificate and its key, or an authority",
      flag(),
      pair,
      object({ authority: pair }),
    )
      .optional(),
    names: list(serverNameSchema()).optional().describe(
      "More names for a certificate of the mock's own authority",
    ),
    certificateFault: oneOf("expired", "notYetValid", "wrongName").optional()
      .describe("What is wrong with a certificate of the mock's own authority (default nothing)"),
    agentPort: port.describe("Port of the agent connector (default it does not listen)"),
    gatewayPort: port.describe("Port of the gateway connector (default it does not listen)"),
    desktopPort: port.describe("Port of the desktop connector (default it does not listen)"),
    cors: either("true, false or an origin", flag(), text()).optional(),
  }).superRefine(({ certificateFault: input, tls = true }, context) => {
    if (input === undefined || isOwn(tls)) return;
    const message = "must be absent unless the certificate is of the mock's own authority";
    context.addIssue({ code: "custom", path: ["certificateFault"], message, input });
  });
});

/** Whether the mock makes the certificate itself. */
function isOwn(tls: NonNullable<ListenOptions["tls"]>): boolean {
  return tls === true || typeof tls === "object" && "authority" in tls;
}

export type ListenOptionsMatch = Expect<
  SameType<z.input<ReturnType<typeof listenOptionsSchema>>, ListenOptions>
>;

/** A name that a certificate can have. */
function serverNameSchema() {
  const error = "must be a host name or an IP address";
  return z.string(error).refine((name) => isAddress(name) || isHostName(name), error);
}

/** An IP address that means the same on every machine. */
function isAddress(name: string): boolean {
  return isIP(name) !== 0 && !name.includes("%");
}

const HOST_NAME_LABEL = /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/i;

function isHostName(name: string): boolean {
  return name.replace(/^\*\./, "").split(".").every((label) => HOST_NAME_LABEL.test(label));
}

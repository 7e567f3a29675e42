/**
 * Names under which a Connection Gateway reaches servers.
 *
 * @module
 */

import type { z } from "zod";
import { once } from "./once.ts";
import { object, oneOf, text } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** An entry of the file that `register-server-dns-mappings` reads. */
export interface DnsMapping {
  /** What `ServerId` is. */
  readonly ServerIdType: "Ip" | "Id" | "Host.Aws.Ec2InstanceId";
  /** The server's address, id or instance id. */
  readonly ServerId: string;
  /** Its name. */
  readonly DnsNames: { readonly InternalDnsName: string };
}

/** The rules of a mapping. */
export const dnsMappingSchema = once(() =>
  object({
    ServerIdType: oneOf("Ip", "Id", "Host.Aws.Ec2InstanceId"),
    ServerId: text(),
    DnsNames: object({ InternalDnsName: text() }),
  })
);

export type DnsMappingMatches = Expect<SameType<z.input<ReturnType<typeof dnsMappingSchema>>, DnsMapping>>;

/**
 * Names under which a Connection Gateway reaches servers.
 *
 * @module
 */

import type { DnsMapping } from "../../description/dns_mapping.ts";
import type { Host } from "../../simulation/host.ts";

/** Refuses mappings that could never name a server. */
export function checkDnsMappings(mappings: readonly DnsMapping[]): readonly DnsMapping[] {
  for (const mapping of mappings) {
    if (!SERVER_ID_TYPES.includes(mapping.ServerIdType)) {
      throw new TypeError(
        `ServerIdType of a DNS mapping must be one of ${SERVER_ID_TYPES.join(", ")}: ${mapping.ServerIdType}`,
      );
    }
    checkText("ServerId", mapping.ServerId);
    checkText("DnsNames.InternalDnsName", mapping.DnsNames?.InternalDnsName);
  }
  return mappings;
}

const SERVER_ID_TYPES: readonly DnsMapping["ServerIdType"][] = ["Ip", "Id", "Host.Aws.Ec2InstanceId"];

function checkText(field: string, value: unknown): void {
  if (typeof value === "string" && value !== "") return;
  throw new TypeError(`${field} of a DNS mapping must be a text that is not empty: ${value}`);
}

/** The name of a host: the one that was registered, else the one that it reports, if any. */
export function dnsNameOf(host: Host, mappings: readonly DnsMapping[]): string | undefined {
  const ids = { "Ip": host.about.ip, "Id": host.id, "Host.Aws.Ec2InstanceId": host.about.ec2?.instanceId };
  const mapping = mappings.find(({ ServerIdType, ServerId }) => ids[ServerIdType] === ServerId);
  return mapping?.DnsNames.InternalDnsName ?? host.about.dnsName;
}

/**
 * Names under which a Connection Gateway reaches servers.
 *
 * @module
 */

import type { DnsMapping } from "../../description/dns_mapping.ts";
import type { Host } from "../../simulation/host.ts";

/** The name of a host: the one that was registered, else the one that it reports, if any. */
export function dnsNameOf(host: Host, mappings: readonly DnsMapping[]): string | undefined {
  const ids = { "Ip": host.about.ip, "Id": host.id, "Host.Aws.Ec2InstanceId": host.about.ec2?.instanceId };
  const mapping = mappings.find(({ ServerIdType, ServerId }) => ids[ServerIdType] === ServerId);
  return mapping?.DnsNames.InternalDnsName ?? host.about.dnsName;
}

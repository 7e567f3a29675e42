/**
 * Names under which a Connection Gateway reaches servers.
 *
 * @module
 */

/** An entry of the file that `register-server-dns-mappings` reads. */
export interface DnsMapping {
  /** What `ServerId` is. */
  readonly ServerIdType: "Ip" | "Id" | "Host.Aws.Ec2InstanceId";
  /** The server's address, id or instance id. */
  readonly ServerId: string;
  /** Its name. */
  readonly DnsNames: { readonly InternalDnsName: string };
}

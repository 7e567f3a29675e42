/**
 * What an expression may ask of a host.
 *
 * @module
 */

/**
 * Every property that may follow `server:` in an expression, with the kind of its value. The list is complete:
 * the documentation of `CreateSessions` and the validator of AWS's own console name the same 25. Note `Ec2`
 * where the JSON of `DescribeServers` says `EC2`.
 */
export const SERVER_PROPERTIES = {
  "Id": "string",
  "Hostname": "string",
  "Version": "string",
  "SessionManagerAgentVersion": "string",
  "Host.Os.Family": "string",
  "Host.Os.Name": "string",
  "Host.Os.Version": "string",
  "Host.Os.KernelVersion": "string",
  "Host.Os.BuildNumber": "string",
  "Host.Memory.TotalBytes": "integer",
  "Host.Memory.UsedBytes": "integer",
  "Host.Swap.TotalBytes": "integer",
  "Host.Swap.UsedBytes": "integer",
  "Host.CpuLoadAverage.OneMinute": "float",
  "Host.CpuLoadAverage.FiveMinutes": "float",
  "Host.CpuLoadAverage.FifteenMinutes": "float",
  "Host.Aws.Region": "string",
  "Host.Aws.Ec2InstanceType": "string",
  "Host.Aws.Ec2InstanceId": "string",
  "Host.Aws.Ec2ImageId": "string",
  "Host.CpuInfo.Vendor": "string",
  "Host.CpuInfo.ModelName": "string",
  "Host.CpuInfo.Architecture": "string",
  "Host.CpuInfo.NumberOfCpus": "integer",
  "Host.CpuInfo.PhysicalCoresPerCpu": "integer",
} as const;

/** The path of a server property, without `server:`. */
export type ServerProperty = keyof typeof SERVER_PROPERTIES;

/** What an expression is evaluated against. */
export interface RequirementsHost {
  /** The value of the host's tag with this key, `undefined` if it has none. */
  tag(key: string): string | undefined;
  /** The value of a server property, `undefined` where the host has none, such as `Host.Aws.*` outside EC2. */
  property(path: ServerProperty): string | number | undefined;
}

/** Whether an expression may name this property. Case counts. */
export function isServerProperty(path: string): path is ServerProperty {
  return Object.hasOwn(SERVER_PROPERTIES, path);
}

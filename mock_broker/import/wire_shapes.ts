/**
 * The fields of sessions and servers in answers, and values that are brought into their form.
 *
 * @module
 */

/** What a field holds: a value, a list of such, or an object with these members. */
export type Shape = "text" | "number" | "time" | readonly [Shape] | { readonly [Field: string]: Shape };

const TAG = { Key: "text", Value: "text" } as const;

const HOST = {
  Os: { Family: "text", Name: "text", Version: "text", KernelVersion: "text", BuildNumber: "text" },
  Memory: { TotalBytes: "number", UsedBytes: "number" },
  Swap: { TotalBytes: "number", UsedBytes: "number" },
  Aws: { Region: "text", EC2InstanceType: "text", EC2InstanceId: "text", EC2ImageId: "text" },
  CpuInfo: {
    Vendor: "text",
    ModelName: "text",
    Architecture: "text",
    NumberOfCpus: "number",
    PhysicalCoresPerCpu: "number",
  },
  CpuLoadAverage: { OneMinute: "number", FiveMinutes: "number", FifteenMinutes: "number" },
  Gpus: [{ Vendor: "text", ModelName: "text" }],
  LoggedInUsers: [{ Username: "text" }],
} as const;

/** A server in an answer. */
export const SERVER = {
  Id: "text",
  Ip: "text",
  Hostname: "text",
  DefaultDnsName: "text",
  Port: "text",
  Endpoints: [{ IpAddress: "text", Port: "number", WebUrlPath: "text", Protocol: "text" }],
  WebUrlPath: "text",
  Version: "text",
  SessionManagerAgentVersion: "text",
  Availability: "text",
  UnavailabilityReason: "text",
  ConsoleSessionCount: "number",
  VirtualSessionCount: "number",
  Host: HOST,
  Tags: [TAG],
} as const;

/** A session in an answer. */
export const SESSION = {
  Id: "text",
  Name: "text",
  Owner: "text",
  Type: "text",
  State: "text",
  Substate: "text",
  StateReason: "text",
  Server: SERVER,
  MaxConcurrentClients: "number",
  CreationTime: "time",
  LastDisconnectionTime: "time",
  NumOfConnections: "number",
  StorageRoot: "text",
} as const;

/** The value with the broker's own names, whatever their spelling, and without what has no place in the shape. */
export function shaped(value: unknown, shape: Shape, drop: (field: string) => void, field = ""): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof shape === "string") return simple(value, shape) ?? void drop(field);
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return void drop(field);
    return value.map((item) => shaped(item, shape[0], drop, field)).filter((item) => item !== undefined);
  }
  if (typeof value !== "object" || Array.isArray(value)) return void drop(field);
  const known = new Map(Object.entries(shape).map(([name, inner]) => [plain(name), [name, inner] as const]));
  const members = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    const [name, innerShape] = known.get(plain(key)) ?? [];
    const place = [field, name ?? key].filter(Boolean).join(".");
    if (name === undefined) drop(place);
    else members.set(name, shaped(inner, innerShape!, drop, place));
  }
  return Object.fromEntries([...members].filter(([, inner]) => inner !== undefined));
}

/** `EC2InstanceId`, `ec2_instance_id` and `e_c2_instance_id` are one name. */
export function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

function simple(value: unknown, shape: "text" | "number" | "time"): string | number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  if (shape === "text") return String(value);
  if (shape === "number") {
    const number = value === "" ? NaN : Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  const time = Date.parse(String(value));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * The wire model of the client connector, declared once: it checks requests, describes the API in the served
 * OpenAPI file, and is held against the client's types when this package is compiled. Formats, and what is said to
 * be nullable or deprecated, are the official file's: typed clients are generated from them.
 *
 * @module
 */

import * as z from "zod";

/** Names and descriptions of the schemas, as the OpenAPI file shows them. */
export const wireSchemas = z.registry<{ id: string; description: string }>();

/** Optional in a request. Generated clients send `null` for what they leave out. */
function optional<T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> {
  return schema.nullish();
}

/** A request object: a field that the broker does not know is refused. */
function request<T extends z.ZodRawShape>(
  id: string,
  description: string,
  shape: T,
): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(shape).register(wireSchemas, { id, description });
}

function response<T extends z.ZodRawShape>(
  id: string,
  description: string,
  shape: T,
): z.ZodObject<T, z.core.$strip> {
  return z.object(shape).register(wireSchemas, { id, description });
}

const dateTime = z.string().meta({ format: "date-time" });
const int32 = z.int().meta({ format: "int32" });
const int64 = z.int().meta({ format: "int64" });
const float = z.number().meta({ format: "float" });
const pixels = optional(z.int().min(1)).meta({ format: "int64", nullable: true, description: "Pixels" });
const requestId = z.string().describe("A version 4 UUID, new for each answer");

export const KeyValuePair = request("KeyValuePair", "A key with a value", {
  Key: z.string(),
  Value: z.string(),
});

const Endpoint = response("Endpoint", "Where a DCV server listens", {
  IpAddress: z.string().optional().describe("The address it listens on, often a wildcard"),
  Port: z.int().optional(),
  WebUrlPath: z.string().optional(),
  Protocol: z.string().optional().describe("HTTP or QUIC"),
});

const Os = response("Os", "The operating system of a host", {
  Family: z.string().optional(),
  Name: z.string().optional(),
  Version: z.string().optional(),
  KernelVersion: z.string().optional().describe("Not on Windows"),
  BuildNumber: z.string().optional().describe("On Windows only"),
});

const Memory = response("Memory", "Main memory", {
  TotalBytes: int64.optional(),
  UsedBytes: int64.optional(),
});
const Swap = response("Swap", "Swap space", {
  TotalBytes: int64.optional(),
  UsedBytes: int64.optional(),
});

const Aws = response("Aws", "Instance metadata of a host on EC2", {
  Region: z.string().optional(),
  EC2InstanceType: z.string().optional(),
  EC2InstanceId: z.string().optional(),
  EC2ImageId: z.string().optional(),
});

const CpuInfo = response("CpuInfo", "The processors of a host", {
  Vendor: z.string().optional(),
  ModelName: z.string().optional(),
  Architecture: z.string().optional(),
  NumberOfCpus: z.int().optional(),
  PhysicalCoresPerCpu: z.int().optional(),
});

const CpuLoadAverage = response("CpuLoadAverage", "Load averages of a host", {
  OneMinute: float.optional(),
  FiveMinutes: float.optional(),
  FifteenMinutes: float.optional(),
});

const Gpu = response("Gpu", "A graphics processor", {
  Vendor: z.string().optional(),
  ModelName: z.string().optional(),
});
const LoggedInUser = response("LoggedInUser", "A user of the host's operating system", {
  Username: z.string().optional(),
});

const Host = response("Host", "The machine under a DCV server", {
  Os: Os.optional(),
  Memory: Memory.optional(),
  Swap: Swap.optional(),
  Aws: Aws.optional(),
  CpuInfo: CpuInfo.optional(),
  CpuLoadAverage: CpuLoadAverage.optional(),
  Gpus: z.array(Gpu).optional(),
  LoggedInUsers: z.array(LoggedInUser).optional(),
});

export const Server = response("Server", "A DCV server with a Session Manager agent", {
  Id: z.string().optional(),
  Ip: z.string().optional(),
  Hostname: z.string().optional(),
  DefaultDnsName: z.string().optional(),
  Port: z.string().optional().describe("Deprecated: see Endpoints"),
  Endpoints: z.array(Endpoint).optional(),
  WebUrlPath: z.string().optional(),
  Version: z.string().optional(),
  SessionManagerAgentVersion: z.string().optional(),
  Availability: z.string().optional().describe("AVAILABLE or UNAVAILABLE"),
  UnavailabilityReason: z.string().optional().describe("Only when UNAVAILABLE"),
  ConsoleSessionCount: int32.optional(),
  VirtualSessionCount: int32.optional(),
  Host: Host.optional(),
  Tags: z.array(KeyValuePair).optional(),
});

export const Session = response("Session", "A remote-desktop session", {
  Id: z.string(),
  Name: z.string(),
  Owner: z.string(),
  Server: Server.optional(),
  Type: z.string().describe("CONSOLE or VIRTUAL"),
  MaxConcurrentClients: int64.optional(),
  State: z.string().describe("CREATING, READY, DELETING, DELETED or UNKNOWN"),
  Substate: z.string().optional().describe("While CREATING: SESSION_PLACING or PENDING_PREPARATION"),
  StateReason: z.string().optional(),
  CreationTime: dateTime.optional(),
  LastDisconnectionTime: dateTime.optional(),
  NumOfConnections: int64.optional(),
  StorageRoot: z.string().optional(),
});

const maxResults = optional(z.int().min(1).max(1000)).describe("Most items in the answer: 1 to 1000");

export const DescribeSessionsRequestData = request("DescribeSessionsRequestData", "Which sessions to list", {
  SessionIds: optional(z.array(z.string())).describe("All sessions when absent"),
  Filters: optional(z.array(KeyValuePair)).describe("owner, or tag:<key> for a tag of the session's server"),
  MaxResults: maxResults,
  NextToken: optional(z.string()).describe("From the answer before"),
});

export const DescribeSessionsResponse = response("DescribeSessionsResponse", "One page of sessions", {
  RequestId: requestId,
  Sessions: z.array(Session),
  NextToken: z.string().optional().describe("Absent on the last page"),
});

export const DescribeServersRequestData = request("DescribeServersRequestData", "Which servers to list", {
  ServerIds: optional(z.array(z.string())).describe("All servers when absent"),
  MaxResults: maxResults,
  NextToken: optional(z.string()).describe("From the answer before"),
});

export const DescribeServersResponse = response("DescribeServersResponse", "One page of servers", {
  RequestId: requestId,
  Servers: z.array(Server),
  NextToken: z.string().optional().describe("Absent on the last page"),
});

export const CreateSessionRequestData = request("CreateSessionRequestData", "A session to create", {
  Name: z.string().min(1),
  Owner: z.string().min(1).describe("A user of the operating system of the host"),
  Type: z.string().describe("CONSOLE or VIRTUAL"),
  DcvGlEnabled: optional(z.boolean()).describe("Virtual sessions only"),
  MaxConcurrentClients: optional(int64),
  InitFilePath: optional(z.string()).meta({ deprecated: true, description: "See InitFile" }),
  InitFile: optional(z.string()).describe("Linux virtual sessions only"),
  AutorunFile: optional(z.string()).describe("Windows console and Linux virtual sessions"),
  AutorunFileArguments: optional(z.array(z.string())).describe("Linux virtual sessions only"),
  PermissionsFile: optional(z.string()).describe("The contents of the file, base64"),
  Requirements: optional(z.string()).describe("What the host must have, such as tag:ram = '4gb'"),
  EnqueueRequest: optional(z.boolean()).describe("Wait for a server if none is free"),
  DisableRetryOnFailure: optional(z.boolean()),
  StorageRoot: optional(z.string()),
});

const UnsuccessfulCreateSessionRequestData = response(
  "UnsuccessfulCreateSessionRequestData",
  "A session that was not created, and why",
  { CreateSessionRequestData, FailureReason: z.string() },
);

export const CreateSessionsResponse = response("CreateSessionsResponse", "What became of each session", {
  RequestId: requestId,
  SuccessfulList: z.array(Session),
  UnsuccessfulList: z.array(UnsuccessfulCreateSessionRequestData),
});

export const DeleteSessionRequestData = request("DeleteSessionRequestData", "A session to delete", {
  SessionId: z.string(),
  Owner: z.string(),
  // The official file has this default as a text.
  Force: optional(z.boolean()).meta({
    default: "false",
    description: "Delete the record even if the host does not answer",
  }),
});

const DeleteSessionSuccessfulResponse = response("DeleteSessionSuccessfulResponse", "A session in deletion", {
  SessionId: z.string(),
  State: z.string(),
});

const DeleteSessionUnsuccessfulResponse = response(
  "DeleteSessionUnsuccessfulResponse",
  "A session that was not deleted, and why",
  { SessionId: z.string(), FailureReason: z.string() },
);

export const DeleteSessionsResponse = response("DeleteSessionsResponse", "What became of each deletion", {
  RequestId: requestId,
  SuccessfulList: z.array(DeleteSessionSuccessfulResponse),
  UnsuccessfulList: z.array(DeleteSessionUnsuccessfulResponse),
});

export const UpdateSessionPermissionsRequestData = request(
  "UpdateSessionPermissionsRequestData",
  "New permissions for a session",
  {
    SessionId: z.string(),
    Owner: z.string(),
    PermissionsFile: optional(z.string()).describe("The contents of the file, base64"),
  },
);

const UpdateSessionPermissionsSuccessfulResponse = response(
  "UpdateSessionPermissionsSuccessfulResponse",
  "A session with new permissions",
  { SessionId: z.string() },
);

const UpdateSessionPermissionsUnsuccessfulResponse = response(
  "UpdateSessionPermissionsUnsuccessfulResponse",
  "A session whose permissions stay as they are, and why",
  { SessionId: z.string(), FailureReason: z.string() },
);

export const UpdateSessionPermissionsResponse = response(
  "UpdateSessionPermissionsResponse",
  "What became of each update",
  {
    RequestId: requestId,
    SuccessfulList: z.array(UpdateSessionPermissionsSuccessfulResponse),
    UnsuccessfulList: z.array(UpdateSessionPermissionsUnsuccessfulResponse),
  },
);

export const GetSessionConnectionDataResponse = response(
  "GetSessionConnectionDataResponse",
  "What a DCV client needs to connect",
  { Session, ConnectionToken: z.string().describe("A JWT") },
);

export const GetSessionScreenshotRequestData = request(
  "GetSessionScreenshotRequestData",
  "A session to take a picture of",
  {
    SessionId: z.string(),
    MaxWidth: pixels,
    MaxHeight: pixels,
  },
);

const SessionScreenshotImage = response("SessionScreenshotImage", "The picture of one display", {
  Format: z.string().describe("png or jpeg"),
  Data: z.string().describe("The file, base64"),
  CreationTime: dateTime,
  Primary: z.boolean().describe("Whether it shows the primary display"),
});

const SessionScreenshot = response("SessionScreenshot", "The pictures of a session, one a display", {
  SessionId: z.string(),
  Images: z.array(SessionScreenshotImage),
});

const GetSessionScreenshotSuccessfulResponse = response(
  "GetSessionScreenshotSuccessfulResponse",
  "A session that was pictured",
  { SessionScreenshot },
);

const GetSessionScreenshotUnsuccessfulResponse = response(
  "GetSessionScreenshotUnsuccessfulResponse",
  "A session that was not pictured, and why",
  { GetSessionScreenshotRequestData, FailureReason: z.string() },
);

export const GetSessionScreenshotsResponse = response(
  "GetSessionScreenshotsResponse",
  "What became of each picture",
  {
    RequestId: requestId,
    SuccessfulList: z.array(GetSessionScreenshotSuccessfulResponse),
    UnsuccessfulList: z.array(GetSessionScreenshotUnsuccessfulResponse),
  },
);

export const OpenServerRequestData = request("OpenServerRequestData", "A server to open", {
  ServerId: z.string(),
});

const OpenServerSuccessfulResponse = response("OpenServerSuccessfulResponse", "A server that is open", {
  ServerId: z.string(),
});

const OpenServerUnsuccessfulResponse = response(
  "OpenServerUnsuccessfulResponse",
  "A server that was not opened, and why",
  { OpenServerRequestData, FailureCode: z.string(), FailureReason: z.string() },
);

export const OpenServersResponse = response("OpenServersResponse", "What became of each server", {
  RequestId: requestId,
  SuccessfulList: z.array(OpenServerSuccessfulResponse),
  UnsuccessfulList: z.array(OpenServerUnsuccessfulResponse),
});

export const CloseServerRequestData = request("CloseServerRequestData", "A server to close", {
  ServerId: z.string(),
  Force: optional(z.boolean()).describe("Close it although sessions run on it"),
});

const CloseServerSuccessfulResponse = response("CloseServerSuccessfulResponse", "A server that is closed", {
  ServerId: z.string(),
});

const CloseServerUnsuccessfulResponse = response(
  "CloseServerUnsuccessfulResponse",
  "A server that was not closed, and why",
  { CloseServerRequestData, FailureCode: z.string(), FailureReason: z.string() },
);

export const CloseServersResponse = response("CloseServersResponse", "What became of each server", {
  RequestId: requestId,
  SuccessfulList: z.array(CloseServerSuccessfulResponse),
  UnsuccessfulList: z.array(CloseServerUnsuccessfulResponse),
});

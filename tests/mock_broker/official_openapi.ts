/**
 * What a typed client takes from the official OpenAPI file (version 2023.0): the fields of each schema, with their types
 * and formats. A field is a text unless something else is said.
 *
 * @module
 */

const SESSION_ID = { SessionId: "string" };
const SERVER_ID = { ServerId: "string" };
const FAILURE = { FailureReason: "string" };
const BYTES = { TotalBytes: "integer int64", UsedBytes: "integer int64" };
const SCREENSHOT_PIXELS = "integer int64 nullable";

/** The schemas by name: fields by name, each with type, format and what else the file says of it. */
export const OFFICIAL_SCHEMAS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KeyValuePair: strings("Key Value"),
  Server: {
    ...strings("Id Ip Hostname DefaultDnsName Port WebUrlPath Version SessionManagerAgentVersion"),
    ...strings("Availability UnavailabilityReason"),
    Endpoints: "Endpoint[]",
    ConsoleSessionCount: "integer int32",
    VirtualSessionCount: "integer int32",
    Host: "Host",
    Tags: "KeyValuePair[]",
  },
  Endpoint: { ...strings("IpAddress WebUrlPath Protocol"), Port: "integer" },
  Host: {
    Os: "Os",
    Memory: "Memory",
    Swap: "Swap",
    Aws: "Aws",
    CpuInfo: "CpuInfo",
    CpuLoadAverage: "CpuLoadAverage",
    Gpus: "Gpu[]",
    LoggedInUsers: "LoggedInUser[]",
  },
  Os: strings("Family Name Version KernelVersion BuildNumber"),
  Memory: BYTES,
  Swap: BYTES,
  CpuInfo: {
    ...strings("Vendor ModelName Architecture"),
    NumberOfCpus: "integer",
    PhysicalCoresPerCpu: "integer",
  },
  CpuLoadAverage: {
    OneMinute: "number float",
    FiveMinutes: "number float",
    FifteenMinutes: "number float",
  },
  Gpu: strings("Vendor ModelName"),
  LoggedInUser: strings("Username"),
  Aws: strings("Region EC2InstanceType EC2InstanceId EC2ImageId"),
  Session: {
    ...strings("Id Name Owner Type State Substate StateReason StorageRoot"),
    Server: "Server",
    MaxConcurrentClients: "integer int64",
    CreationTime: "string date-time",
    LastDisconnectionTime: "string date-time",
    NumOfConnections: "integer int64",
  },
  DescribeSessionsRequestData: {
    SessionIds: "string[]",
    Filters: "KeyValuePair[]",
    MaxResults: "integer",
    NextToken: "string",
  },
  DescribeSessionsResponse: { ...strings("RequestId NextToken"), Sessions: "Session[]" },
  DescribeServersRequestData: { ServerIds: "string[]", MaxResults: "integer", NextToken: "string" },
  DescribeServersResponse: { ...strings("RequestId NextToken"), Servers: "Server[]" },
  CreateSessionRequestData: {
    ...strings("Name Owner Type InitFile AutorunFile PermissionsFile Requirements StorageRoot"),
    DcvGlEnabled: "boolean",
    MaxConcurrentClients: "integer int64",
    InitFilePath: "string deprecated",
    AutorunFileArguments: "string[]",
    EnqueueRequest: "boolean",
    DisableRetryOnFailure: "boolean",
  },
  UnsuccessfulCreateSessionRequestData: { CreateSessionRequestData: "CreateSessionRequestData", ...FAILURE },
  CreateSessionsResponse: batch("Session", "UnsuccessfulCreateSessionRequestData"),
  DeleteSessionRequestData: { ...SESSION_ID, Owner: "string", Force: 'boolean default="false"' },
  DeleteSessionSuccessfulResponse: { ...SESSION_ID, State: "string" },
  DeleteSessionUnsuccessfulResponse: { ...SESSION_ID, ...FAILURE },
  DeleteSessionsResponse: batch("DeleteSessionSuccessfulResponse", "DeleteSessionUnsuccessfulResponse"),
  UpdateSessionPermissionsRequestData: { ...SESSION_ID, ...strings("Owner PermissionsFile") },
  UpdateSessionPermissionsSuccessfulResponse: SESSION_ID,
  UpdateSessionPermissionsUnsuccessfulResponse: { ...SESSION_ID, ...FAILURE },
  UpdateSessionPermissionsResponse: batch(
    "UpdateSessionPermissionsSuccessfulResponse",
    "UpdateSessionPermissionsUnsuccessfulResponse",
  ),
  GetSessionConnectionDataResponse: { Session: "Session", ConnectionToken: "string" },
  GetSessionScreenshotRequestData: {
    ...SESSION_ID,
    MaxWidth: SCREENSHOT_PIXELS,
    MaxHeight: SCREENSHOT_PIXELS,
  },
  GetSessionScreenshotsResponse: batch(
    "GetSessionScreenshotSuccessfulResponse",
    "GetSessionScreenshotUnsuccessfulResponse",
  ),
  GetSessionScreenshotSuccessfulResponse: { SessionScreenshot: "SessionScreenshot" },
  SessionScreenshot: { ...SESSION_ID, Images: "SessionScreenshotImage[]" },
  SessionScreenshotImage: {
    ...strings("Format Data"),
    CreationTime: "string date-time",
    Primary: "boolean",
  },
  GetSessionScreenshotUnsuccessfulResponse: {
    GetSessionScreenshotRequestData: "GetSessionScreenshotRequestData",
    ...FAILURE,
  },
  OpenServerRequestData: SERVER_ID,
  OpenServersResponse: batch("OpenServerSuccessfulResponse", "OpenServerUnsuccessfulResponse"),
  OpenServerSuccessfulResponse: SERVER_ID,
  OpenServerUnsuccessfulResponse: {
    OpenServerRequestData: "OpenServerRequestData",
    FailureCode: "string",
    ...FAILURE,
  },
  CloseServerRequestData: { ...SERVER_ID, Force: "boolean" },
  CloseServersResponse: batch("CloseServerSuccessfulResponse", "CloseServerUnsuccessfulResponse"),
  CloseServerSuccessfulResponse: SERVER_ID,
  CloseServerUnsuccessfulResponse: {
    CloseServerRequestData: "CloseServerRequestData",
    FailureCode: "string",
    ...FAILURE,
  },
};

/** What each operation takes and answers, by the schemas' names. */
export const OFFICIAL_OPERATIONS: Readonly<Record<string, string>> = {
  "post /describeSessions": "DescribeSessionsRequestData? -> DescribeSessionsResponse",
  "post /describeServers": "DescribeServersRequestData? -> DescribeServersResponse",
  "post /createSessions": "CreateSessionRequestData[] -> CreateSessionsResponse",
  "post /deleteSessions": "DeleteSessionRequestData[] -> DeleteSessionsResponse",
  "put /sessionPermissions": "UpdateSessionPermissionsRequestData[] -> UpdateSessionPermissionsResponse",
  "get /sessionConnectionData/{sessionId}/{user}": "nothing -> GetSessionConnectionDataResponse",
  "post /getSessionScreenshots": "GetSessionScreenshotRequestData[] -> GetSessionScreenshotsResponse",
  "post /openServers": "OpenServerRequestData[] -> OpenServersResponse",
  "post /closeServers": "CloseServerRequestData[] -> CloseServersResponse",
};

// deno-lint-ignore no-explicit-any -- a schema that is read by its fields
type Schema = any;

/** A field's schema in the words of the tables above; what they have no word for shows as it is. */
export function inWords(schema: Schema): string {
  const { $ref, type, items, format, description: _, ...rest } = schema;
  if ($ref) return $ref.replace("#/components/schemas/", "");
  if (type === "array") return `${inWords(items)}[]`;
  const traits = Object.entries(rest).map(([name, value]) =>
    value === true ? name : `${name}=${JSON.stringify(value)}`
  );
  return [type, format, ...traits].filter(Boolean).join(" ");
}

function strings(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, "string"]));
}

function batch(success: string, failure: string): Record<string, string> {
  return { RequestId: "string", SuccessfulList: `${success}[]`, UnsuccessfulList: `${failure}[]` };
}

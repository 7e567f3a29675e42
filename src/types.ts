/**
 * The wire model of the broker's client API, under the names of its OpenAPI file (`info.version` 2023.0), and
 * the answer of the token endpoint. Keys are the broker's own, and nothing is mapped: what is sent and what
 * comes back look like this.
 *
 * Values that the broker may extend (states, reasons, protocols) are open unions: the known ones are offered
 * by an editor, and an unknown one is still a string. A field that this version does not know stays in the
 * answer.
 *
 * Where the developer guide and the OpenAPI file disagree, the field says so.
 *
 * @module
 */

/** Any string besides the known ones. Spelled so, an editor still offers the known ones. */
export type OtherString = string & Record<never, never>;

/** Where a session is in its life, see {@linkcode Session.State}. */
export type SessionState = "CREATING" | "READY" | "DELETING" | "DELETED" | "UNKNOWN" | OtherString;

/**
 * What a session in state `CREATING` waits for: a host (`SESSION_PLACING`), or that host
 * (`PENDING_PREPARATION`).
 */
export type SessionSubstate = "SESSION_PLACING" | "PENDING_PREPARATION" | OtherString;

/** `CONSOLE` on every system, one a host; `VIRTUAL` on Linux only, several a host. */
export type SessionType = "CONSOLE" | "VIRTUAL" | OtherString;

/** Whether a server takes new sessions. */
export type ServerAvailability = "AVAILABLE" | "UNAVAILABLE" | OtherString;

/** Why a server takes no new sessions, see {@linkcode Server.UnavailabilityReason}. */
export type UnavailabilityReason =
  | "SERVER_FULL"
  | "SERVER_CLOSED"
  | "UNREACHABLE_AGENT"
  | "UNHEALTHY_DCV_SERVER"
  | "EXISTING_LOGGED_IN_USER"
  | "UNKNOWN"
  | OtherString;

/** A tag of a server, or a filter of {@linkcode DescribeSessionsRequestData}. */
export interface KeyValuePair {
  /** The tag's key, or `owner` or `tag:<key>` in a filter. */
  Key: string;
  /** The value; tags are always strings. */
  Value: string;
}

/**
 * A session, as `DescribeSessions` shows it. Just created, it has only the required fields and a `Substate`.
 */
export interface Session {
  /**
   * A UUID, or the local id (`console`, say) of a session that was created on its host with `dcv
   * create-session`.
   */
  Id: string;
  /** Not unique. Empty for a session that was created on its host. */
  Name: string;
  /** The operating system user that owns the session. */
  Owner: string;
  /** The session's kind. */
  Type: SessionType;
  /**
   * `CREATING`, `READY` (takes connections), `DELETING`, `DELETED` (stays listed for an hour by default), or `UNKNOWN`
   * (the broker has no contact with the host's agent). A creation that fails on its host ends as `DELETED`.
   */
  State: SessionState;
  /** Refines `CREATING`. Brokers since 2022.2. */
  Substate?: SessionSubstate | undefined;
  /** The reason of the state in free text. In the OpenAPI file, but no documented value. */
  StateReason?: string | undefined;
  /** The host, in short: without `Host`. Absent until the session has been placed. */
  Server?: Server | undefined;
  /** How many clients may connect at once. */
  MaxConcurrentClients?: number | undefined;
  /** ISO 8601 in UTC with milliseconds. */
  CreationTime?: string | undefined;
  /** ISO 8601 in UTC with milliseconds; absent until someone has disconnected. */
  LastDisconnectionTime?: string | undefined;
  /** How many clients are connected. */
  NumOfConnections?: number | undefined;
  /** The folder for file transfer. */
  StorageRoot?: string | undefined;
}

/**
 * A DCV server. Inside a {@linkcode Session} only the fields that are needed to connect are sure to be there.
 */
export interface Server {
  /** Opaque. Changes when the host's name or address does, so a host may show up twice for a while. */
  Id?: string | undefined;
  /** The address that the agent reports. */
  Ip?: string | undefined;
  /** In practice the short host name. */
  Hostname?: string | undefined;
  /** The host's DNS name. */
  DefaultDnsName?: string | undefined;
  /**
   * The port as a string.
   *
   * @deprecated Use `Endpoints`. The OpenAPI file names `PortTcp` as its successor, which does not exist.
   */
  Port?: string | undefined;
  /** Where the DCV server listens. */
  Endpoints?: Endpoint[] | undefined;
  /**
   * The path of the web client, from `/`. The guide calls it the path of the configuration file, which is
   * wrong.
   */
  WebUrlPath?: string | undefined;
  /** The DCV server's version. */
  Version?: string | undefined;
  /** The agent's version. */
  SessionManagerAgentVersion?: string | undefined;
  /** Whether the server takes new sessions. It may lag minutes behind the truth after a host has slept. */
  Availability?: ServerAvailability | undefined;
  /**
   * Only with `UNAVAILABLE`: `SERVER_FULL`, `SERVER_CLOSED` (by `CloseServers`), `UNREACHABLE_AGENT`,
   * `UNHEALTHY_DCV_SERVER`, `EXISTING_LOGGED_IN_USER` (Windows, over RDP) or `UNKNOWN`.
   */
  UnavailabilityReason?: UnavailabilityReason | undefined;
  /** Sessions of type `CONSOLE` on this server. */
  ConsoleSessionCount?: number | undefined;
  /** Sessions of type `VIRTUAL` on this server. */
  VirtualSessionCount?: number | undefined;
  /** The machine; from `DescribeServers` only. */
  Host?: Host | undefined;
  /** The agent's own tags, and the broker's: `dcv:os-family`, `dcv:max-virtual-sessions`. */
  Tags?: KeyValuePair[] | undefined;
}

/** One way to reach a DCV server. */
export interface Endpoint {
  /** The listen address, often `0.0.0.0`, hence not an address to connect to. */
  IpAddress?: string | undefined;
  /** The port. */
  Port?: number | undefined;
  /** The path of the web client; empty or absent with `QUIC`. */
  WebUrlPath?: string | undefined;
  /** The transport. */
  Protocol?: "HTTP" | "QUIC" | OtherString | undefined;
}

/** The machine of a DCV server. */
export interface Host {
  /** The operating system. */
  Os?: Os | undefined;
  /** Memory. */
  Memory?: Memory | undefined;
  /** Swap space. */
  Swap?: Swap | undefined;
  /** What EC2 says of the machine; absent elsewhere. */
  Aws?: Aws | undefined;
  /** The processor. */
  CpuInfo?: CpuInfo | undefined;
  /** The load. */
  CpuLoadAverage?: CpuLoadAverage | undefined;
  /** Empty on a machine without one. */
  Gpus?: Gpu[] | undefined;
  /** Users with a login on the machine. */
  LoggedInUsers?: LoggedInUser[] | undefined;
}

/** The operating system of a {@linkcode Host}. */
export interface Os {
  /** `windows` or `linux`; newer brokers know macOS too. */
  Family?: string | undefined;
  /** The distribution or edition. */
  Name?: string | undefined;
  /** Its version. */
  Version?: string | undefined;
  /** On Linux only. */
  KernelVersion?: string | undefined;
  /** On Windows only. */
  BuildNumber?: string | undefined;
}

/** The memory of a {@linkcode Host}. */
export interface Memory {
  /** In bytes. */
  TotalBytes?: number | undefined;
  /** In bytes. */
  UsedBytes?: number | undefined;
}

/** The swap space of a {@linkcode Host}. */
export interface Swap {
  /** In bytes. */
  TotalBytes?: number | undefined;
  /** In bytes. */
  UsedBytes?: number | undefined;
}

/** An EC2 instance. The keys say `EC2` where the guide's prose and requirement expressions say `Ec2`. */
export interface Aws {
  /** The region; the guide's sample shows an availability zone. */
  Region?: string | undefined;
  /** The instance type, `g4dn.xlarge` say. */
  EC2InstanceType?: string | undefined;
  /** The instance id. */
  EC2InstanceId?: string | undefined;
  /** The image id. */
  EC2ImageId?: string | undefined;
}

/** The processor of a {@linkcode Host}. */
export interface CpuInfo {
  /** The maker. */
  Vendor?: string | undefined;
  /** The model. */
  ModelName?: string | undefined;
  /** `x86_64`, say. */
  Architecture?: string | undefined;
  /** Number of processors. */
  NumberOfCpus?: number | undefined;
  /** Cores of each; the guide's prose has `PhysicalCorePerCpu`, which is wrong. */
  PhysicalCoresPerCpu?: number | undefined;
}

/** The load of a {@linkcode Host}. */
export interface CpuLoadAverage {
  /** Over the last minute. */
  OneMinute?: number | undefined;
  /** Over the last five minutes. */
  FiveMinutes?: number | undefined;
  /** Over the last fifteen minutes. */
  FifteenMinutes?: number | undefined;
}

/** A graphics processor of a {@linkcode Host}. */
export interface Gpu {
  /** The maker. */
  Vendor?: string | undefined;
  /** The model. */
  ModelName?: string | undefined;
}

/** A user with a login on a {@linkcode Host}. */
export interface LoggedInUser {
  /** The operating system's name of the user. */
  Username?: string | undefined;
}

/** Which sessions to describe; all of them without any field. */
export interface DescribeSessionsRequestData {
  /** Ids that the broker does not know are left out of its answer. */
  SessionIds?: string[] | undefined;
  /** Keys `owner` and `tag:<key>`, all of which must hold. Tags are those of the session's server. */
  Filters?: KeyValuePair[] | undefined;
  /** 1 to 1000 sessions in one answer; absent from the guide's page, but in the OpenAPI file. */
  MaxResults?: number | undefined;
  /** From the previous page. */
  NextToken?: string | undefined;
}

/** One page of sessions. */
export interface DescribeSessionsResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** The sessions. */
  Sessions: Session[];
  /** Asks for the next page; absent on the last one. */
  NextToken?: string | undefined;
}

/** Which servers to describe; all of them without any field. Brokers since 2021.0. */
export interface DescribeServersRequestData {
  /** Ids that the broker does not know are left out of its answer. */
  ServerIds?: string[] | undefined;
  /** 1 to 1000 servers in one answer, 1000 by default. */
  MaxResults?: number | undefined;
  /** From the previous page. */
  NextToken?: string | undefined;
}

/** One page of servers. */
export interface DescribeServersResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** The servers. */
  Servers: Server[];
  /** Asks for the next page; absent on the last one. */
  NextToken?: string | undefined;
}

/** A session to create. */
export interface CreateSessionRequestData {
  /** At most 256 characters. Need not be unique. */
  Name: string;
  /** Must exist as a user on the host; if not, the session is created and ends as `DELETED`. */
  Owner: string;
  /** The session's kind. */
  Type: SessionType;
  /** Linux virtual sessions only: a file name, or a path relative to the agent's init folder. */
  InitFile?: string | undefined;
  /**
   * The forerunner of `InitFile`, still in the guide's code sample.
   *
   * @deprecated Use `InitFile`.
   */
  InitFilePath?: string | undefined;
  /**
   * Windows console and Linux virtual sessions: a file name, or a path relative to the agent's autorun
   * folder.
   */
  AutorunFile?: string | undefined;
  /** Linux virtual sessions only: 50 arguments of 150 characters at most by default. Brokers since 2021.1. */
  AutorunFileArguments?: string[] | undefined;
  /** How many clients may connect at once. The guide calls it `MaxConcurrents`, which the broker refuses. */
  MaxConcurrentClients?: number | undefined;
  /** Linux virtual sessions only: whether to use OpenGL through dcv-gl. */
  DcvGlEnabled?: boolean | undefined;
  /** The text of a permissions file in base64; the guide's sample passes a path, which is wrong. */
  PermissionsFile?: string | undefined;
  /** An expression over tags and properties of servers, such as `tag:ram = '4gb'`. */
  Requirements?: string | undefined;
  /** Whether to wait for a server when none is free, half an hour at most by default. Default: false. */
  EnqueueRequest?: boolean | undefined;
  /** Whether to give up when the first host fails; otherwise the broker tries twice more. Default: false. */
  DisableRetryOnFailure?: boolean | undefined;
  /**
   * The folder for file transfer, which must exist; `%home%` stands for the owner's home. Without it, no
   * transfer.
   */
  StorageRoot?: string | undefined;
}

/** A session that could not be created. */
export interface UnsuccessfulCreateSessionRequestData {
  /** The request, repeated. */
  CreateSessionRequestData: CreateSessionRequestData;
  /** Free text, `No DCV server found for the given criteria` for instance. */
  FailureReason: string;
}

/** The answer to `CreateSessions`: sessions that are on their way, and those that are not. */
export interface CreateSessionsResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** Sessions in state `CREATING`. Their order is not documented. */
  SuccessfulList: Session[];
  /** What could not be created, and why. */
  UnsuccessfulList: UnsuccessfulCreateSessionRequestData[];
}

/** A session to delete. */
export interface DeleteSessionRequestData {
  /** The session. */
  SessionId: string;
  /** Must be the session's owner. */
  Owner: string;
  /** Whether to forget the session even if its host does not answer. Default: false. */
  Force?: boolean | undefined;
}

/** A session that is on its way out. */
export interface DeleteSessionSuccessfulResponse {
  /** The session. */
  SessionId: string;
  /** `DELETING`; it may take minutes until it is `DELETED`. */
  State: SessionState;
}

/** A session that could not be deleted. */
export interface DeleteSessionUnsuccessfulResponse {
  /** The session. */
  SessionId: string;
  /** Free text, `The requested dcvSession does not exist` for instance. */
  FailureReason: string;
}

/** The answer to `DeleteSessions`. */
export interface DeleteSessionsResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** Sessions in state `DELETING`. */
  SuccessfulList: DeleteSessionSuccessfulResponse[];
  /** What could not be deleted, and why. */
  UnsuccessfulList: DeleteSessionUnsuccessfulResponse[];
}

/** New permissions for a session, which replace the old ones at once and without a reconnect. */
export interface UpdateSessionPermissionsRequestData {
  /** The session. */
  SessionId: string;
  /** Must be the session's owner. */
  Owner: string;
  /**
   * The text of a permissions file in base64. A heading of the guide calls it `PermissionFile`, which is
   * wrong.
   */
  PermissionsFile: string;
}

/** A session with new permissions. */
export interface UpdateSessionPermissionsSuccessfulResponse {
  /** The session. */
  SessionId: string;
}

/** A session that keeps its old permissions. */
export interface UpdateSessionPermissionsUnsuccessfulResponse {
  /** The session. */
  SessionId: string;
  /** Free text. */
  FailureReason: string;
}

/** The answer to `UpdateSessionPermissions`. */
export interface UpdateSessionPermissionsResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** Sessions with new permissions. */
  SuccessfulList: UpdateSessionPermissionsSuccessfulResponse[];
  /** Sessions with the old ones, and why. */
  UnsuccessfulList: UpdateSessionPermissionsUnsuccessfulResponse[];
}

/** What a user needs to connect to a session. There is no `RequestId` in this answer. */
export interface GetSessionConnectionDataResponse {
  /**
   * The session, with its server. The guide's sample shows some of its keys in snake_case, which they are
   * not.
   */
  Session: Session;
  /** A JWT for one user and one session, by default for an hour. A secret. */
  ConnectionToken: string;
}

/** A session to take a screenshot of. Brokers since 2021.0. */
export interface GetSessionScreenshotRequestData {
  /** The session. */
  SessionId: string;
  /**
   * In pixels, 160 by default, never more than the session has. Brokers since 2024.0; older ones refuse the
   * field.
   */
  MaxWidth?: number | null | undefined;
  /** In pixels, 100 by default. Not required, as the guide has it. Brokers since 2024.0. */
  MaxHeight?: number | null | undefined;
}

/** The screenshots of one session, wrapped as the broker does. */
export interface GetSessionScreenshotSuccessfulResponse {
  /** The screenshots. */
  SessionScreenshot: SessionScreenshot;
}

/** The screenshots of one session. */
export interface SessionScreenshot {
  /** The session. */
  SessionId: string;
  /** One for each display. */
  Images: SessionScreenshotImage[];
}

/** The screenshot of one display. */
export interface SessionScreenshotImage {
  /** The image format. */
  Format: "png" | "jpeg" | OtherString;
  /** The image in base64. */
  Data: string;
  /** ISO 8601 in UTC with milliseconds. */
  CreationTime?: string | undefined;
  /** Whether it is the session's primary display. */
  Primary?: boolean | undefined;
}

/** A session without a screenshot. */
export interface GetSessionScreenshotUnsuccessfulResponse {
  /** The request, repeated. */
  GetSessionScreenshotRequestData: GetSessionScreenshotRequestData;
  /** Free text, `Dcv session not found.` for instance. */
  FailureReason: string;
}

/** The answer to `GetSessionScreenshots`. */
export interface GetSessionScreenshotsResponse {
  /** A UUID for the broker's log; that of the first request if several were needed. */
  RequestId?: string | undefined;
  /** The screenshots, session by session. */
  SuccessfulList: GetSessionScreenshotSuccessfulResponse[];
  /** Sessions without one, and why. */
  UnsuccessfulList: GetSessionScreenshotUnsuccessfulResponse[];
}

/**
 * A server to open. Servers start open, although the guide's page reads as if they did not. Brokers since
 * 2021.0.
 */
export interface OpenServerRequestData {
  /** The server. */
  ServerId: string;
}

/** A server that is open now. */
export interface OpenServerSuccessfulResponse {
  /** The server. */
  ServerId: string;
}

/** A server that could not be opened. */
export interface OpenServerUnsuccessfulResponse {
  /** The request, repeated. */
  OpenServerRequestData: OpenServerRequestData;
  /** `DCV_SERVER_NOT_FOUND` is the only documented one. */
  FailureCode?: string | undefined;
  /** Free text. */
  FailureReason: string;
}

/** The answer to `OpenServers`. */
export interface OpenServersResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** Servers that are open now. */
  SuccessfulList: OpenServerSuccessfulResponse[];
  /** Servers that could not be opened, and why. */
  UnsuccessfulList: OpenServerUnsuccessfulResponse[];
}

/** A server to close: it takes no new sessions until it is opened again. Brokers since 2021.0. */
export interface CloseServerRequestData {
  /** The server. */
  ServerId: string;
  /** Whether to close it although sessions run on it; they keep running. Default: false. */
  Force?: boolean | undefined;
}

/** A server that is closed now. */
export interface CloseServerSuccessfulResponse {
  /** The server. */
  ServerId: string;
}

/**
 * A server that could not be closed. The request comes back under either key: the guide's sample has the
 * other one.
 */
export interface CloseServerUnsuccessfulResponse {
  /** The request, repeated, as the OpenAPI file has it. */
  CloseServerRequestData?: CloseServerRequestData | undefined;
  /** The request, repeated, as the guide's sample has it. */
  OpenServerRequestData?: OpenServerRequestData | undefined;
  /** `DCV_SERVER_NOT_FOUND` is the only documented one. */
  FailureCode?: string | undefined;
  /** Free text. */
  FailureReason: string;
}

/** The answer to `CloseServers`. */
export interface CloseServersResponse {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** Servers that are closed now. */
  SuccessfulList: CloseServerSuccessfulResponse[];
  /** Servers that could not be closed, and why. */
  UnsuccessfulList: CloseServerUnsuccessfulResponse[];
}

/** The answer of the token endpoint, RFC 6749 section 5.1. */
export interface TokenResponse {
  /** The token; opaque. A secret. */
  access_token: string;
  /** `bearer` in any case. */
  token_type?: string | undefined;
  /** Seconds from now. */
  expires_in?: number | undefined;
}

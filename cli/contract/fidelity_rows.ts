/**
 * The rows of docs/fidelity.md, written by `deno task fidelity`.
 *
 * @module
 */

import type { FidelityRow } from "./fidelity_row.ts";

/** Every row that says what the mock broker does. */
export const FIDELITY_ROWS: readonly FidelityRow[] = [
  {
    "section": "Access tokens",
    "behaviour":
      "`POST /oauth2/token` with HTTP Basic and `grant_type=client_credentials` in the query gives `access_token`, `token_type` and `expires_in`",
    "confidence": "documented",
  },
  {
    "section": "Access tokens",
    "behaviour": "A form body may be empty, or be left out together with its content type",
    "confidence": "seen",
  },
  {
    "section": "Access tokens",
    "behaviour": "The grant may be in a form body instead",
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": "Credentials are taken from HTTP Basic only, not from form fields",
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": 'Wrong credentials are `401 {"error":"invalid_client"}`',
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": "A missing grant is `invalid_request`, another one `unsupported_grant_type`, both with 400",
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": "The client id is a UUID, the password the base64 of another",
    "confidence": "documented",
  },
  {
    "section": "Access tokens",
    "behaviour": "Credentials are UTF-8, and only the first colon parts them",
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": "Tokens are opaque, and several are valid at once",
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": "`token_type` is `bearer`, `expires_in` is 3600",
    "confidence": "guessed",
  },
  {
    "section": "Access tokens",
    "behaviour": "A new key pair (`renew-auth-server-api-key`) voids the tokens that were issued",
    "confidence": "documented",
  },
  {
    "section": "Access tokens",
    "behaviour": "`enable-authorization-server = false`: the token endpoint is 404",
    "confidence": "guessed",
  },
  {
    "section": "Authorization",
    "behaviour": 'Without an `Authorization` header the body is `{"error":"No authorization header"}`',
    "confidence": "documented",
  },
  {
    "section": "Authorization",
    "behaviour": "Its status is 401",
    "confidence": "guessed",
  },
  {
    "section": "Authorization",
    "behaviour": "Authorization is examined before path, body and session",
    "confidence": "seen",
  },
  {
    "section": "Authorization",
    "behaviour": "A header without a bearer token is 401; the scheme is taken in any case",
    "confidence": "guessed",
  },
  {
    "section": "Authorization",
    "behaviour": 'A foreign or broken token is `401 {"error":"Invalid token"}`',
    "confidence": "guessed",
  },
  {
    "section": "Authorization",
    "behaviour": 'An expired token is `401 {"error":"Expired token"}`',
    "confidence": "guessed",
  },
  {
    "section": "Authorization",
    "behaviour": "`enable-authorization = false`: no token is needed, and none is looked at",
    "confidence": "documented",
  },
  {
    "section": "Authorization",
    "behaviour":
      "Tokens of registered authorization servers are accepted while they are valid, by the keys of their JWKS",
    "confidence": "documented",
  },
  {
    "section": "Authorization",
    "behaviour": "Such a token must have an end (`exp`)",
    "confidence": "guessed",
  },
  {
    "section": "Authorization",
    "behaviour": "The JWKS may be at a URL",
    "confidence": "documented",
  },
  {
    "section": "Authorization",
    "behaviour": "Any API client sees and acts on every session",
    "confidence": "seen",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Batches answer 200 even if every item failed; each item is in one of two lists",
    "confidence": "documented",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "`RequestId` is a new version 4 UUID in each answer",
    "confidence": "documented",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Fields without a value are left out",
    "confidence": "documented",
  },
  {
    "section": "Requests as a whole",
    "behaviour": 'Unknown fields are refused with 400, in Jackson\'s words (`Unrecognized field "MaxWidth"`)',
    "confidence": "seen",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "An unknown field, or a value of a wrong type, is named before any that is missing",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": 'Errors are `{"error": "..."}` as JSON, with 400 for bad input',
    "confidence": "seen",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "A missing required field fails the whole request with 400",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "`null` for an optional field is its absence",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "`null` inside an array is refused with 400",
    "confidence": "seen",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "A text is not taken for a number or a flag",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "No input makes the broker fail: what it refuses is 4xx",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "A batch needs a body; an empty list is answered with empty lists",
    "confidence": "documented",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "A request that is refused changes nothing, not even for its good items",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Bodies are UTF-8; others are refused with 400",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour":
      "Forms of more than 64 KiB are 413, and nothing of a body is read before its sender is known",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Bodies of more than 10 MiB are 413; a batch has no other limit",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "The content type of a request does not matter",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Other paths are 404, `DELETE /sessions/{id}` and a trailing slash too",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Other methods are 405, with `Allow`",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "No CORS headers",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "`GET /health` on 8443 and 8445",
    "confidence": "documented",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Health is 200 with an empty body and needs no token",
    "confidence": "guessed",
  },
  {
    "section": "Requests as a whole",
    "behaviour":
      "`GET /dcv-session-manager-api.yaml` serves an OpenAPI 3.0 file, unless `enable-api-yaml` is false",
    "confidence": "documented",
  },
  {
    "section": "Requests as a whole",
    "behaviour": "Any broker of a cluster can serve any call: several servers of a mock show one world",
    "confidence": "seen",
  },
  {
    "section": "DescribeSessions",
    "behaviour":
      "The body may be left out; without ids all sessions are listed, and an empty list of ids is none",
    "confidence": "documented",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "Sessions are listed by age",
    "confidence": "guessed",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "Unknown ids are left out",
    "confidence": "seen",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "The filter `owner`, with case",
    "confidence": "documented",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "The filter `tag:<key>` is about tags of the session's server",
    "confidence": "documented",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "All filters must hold, two of a kind too",
    "confidence": "documented",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "Unknown filter keys are 400",
    "confidence": "guessed",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "A session shows its server without `Host`, but with `Id` and `Availability`",
    "confidence": "seen",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "No `Server` while a session is being placed",
    "confidence": "guessed",
  },
  {
    "section": "DescribeSessions",
    "behaviour": "Times are ISO 8601 in UTC, with milliseconds",
    "confidence": "documented",
  },
  {
    "section": "DescribeSessions",
    "behaviour":
      "`NumOfConnections` counts connections, 0 before the first; `LastDisconnectionTime` is absent until one ended",
    "confidence": "documented",
  },
  {
    "section": "Paging",
    "behaviour": "`MaxResults` is 1 to 1000, anything else 400",
    "confidence": "documented",
  },
  {
    "section": "Paging",
    "behaviour": "1000 by default, for sessions as for servers",
    "confidence": "documented",
  },
  {
    "section": "Paging",
    "behaviour": "No `NextToken` on the last page",
    "confidence": "documented",
  },
  {
    "section": "Paging",
    "behaviour": "Tokens are opaque, do not expire, and can be used again",
    "confidence": "guessed",
  },
  {
    "section": "Paging",
    "behaviour": "A token that the broker did not give is 400, an empty one is none",
    "confidence": "guessed",
  },
  {
    "section": "Paging",
    "behaviour": "What changes between pages makes none repeat or skip another",
    "confidence": "guessed",
  },
  {
    "section": "DescribeServers",
    "behaviour": "Without ids all servers are listed, and an empty list of ids is none",
    "confidence": "documented",
  },
  {
    "section": "DescribeServers",
    "behaviour": "Unknown ids are left out",
    "confidence": "guessed",
  },
  {
    "section": "DescribeServers",
    "behaviour":
      "The fields of a server, with `Port` as a text, `EC2...` in `Host.Aws`, and wildcard listen addresses",
    "confidence": "documented",
  },
  {
    "section": "DescribeServers",
    "behaviour": "`KernelVersion` off Windows, `BuildNumber` on Windows; `Os.Family` of macOS is `macos`",
    "confidence": "guessed",
  },
  {
    "section": "DescribeServers",
    "behaviour": "`Host.Aws` is absent off EC2, `Gpus` is `[]` without one",
    "confidence": "documented",
  },
  {
    "section": "DescribeServers",
    "behaviour": "The broker adds the tags `dcv:os-family` and `dcv:max-virtual-sessions` (0 on Windows)",
    "confidence": "documented",
  },
  {
    "section": "DescribeServers",
    "behaviour": "It adds `dcv:max-concurrent-sessions-per-user`",
    "confidence": "seen",
  },
  {
    "section": "DescribeServers",
    "behaviour": "A server's id is the base64 of host name, address and 32 hexadecimal digits",
    "confidence": "seen",
  },
  {
    "section": "DescribeServers",
    "behaviour": "Agents report every 30 seconds: a load stands still in between",
    "confidence": "documented",
  },
  {
    "section": "DescribeServers",
    "behaviour": "A host with a console session, or with as many virtual ones as it takes, is `SERVER_FULL`",
    "confidence": "documented",
  },
  {
    "section": "DescribeServers",
    "behaviour": "Someone logged in outside DCV makes a Windows host `EXISTING_LOGGED_IN_USER`",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour":
      "An accepted session is a plain `Session` with five fields and `Substate`, its id a version 4 UUID",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour": "READY comes seconds later, by way of `SESSION_PLACING` and `PENDING_PREPARATION`",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour": "A failure echoes the request and has no code",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour": "Items are answered in the order of the request",
    "confidence": "guessed",
  },
  {
    "section": "CreateSessions",
    "behaviour": "Names are not unique",
    "confidence": "seen",
  },
  {
    "section": "CreateSessions",
    "behaviour": "A name has 256 characters at most; a longer one fails its item",
    "confidence": "guessed",
  },
  {
    "section": "CreateSessions",
    "behaviour": "`Type` is taken in any case and answered in upper case; another one is 400",
    "confidence": "guessed",
  },
  {
    "section": "CreateSessions",
    "behaviour": "`MaxConcurrentClients` of 0 is no limit; a negative one fails its item",
    "confidence": "guessed",
  },
  {
    "section": "CreateSessions",
    "behaviour": "`MaxConcurrents`, as the guide calls it, is unknown",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour": "`PermissionsFile` is base64; what is not fails its item",
    "confidence": "guessed",
  },
  {
    "section": "CreateSessions",
    "behaviour": "50 autorun arguments of 150 characters at most; more fail their item",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour": "These limits are broker properties",
    "confidence": "documented",
  },
  {
    "section": "CreateSessions",
    "behaviour": "A broken requirement fails its item, with the parser's message",
    "confidence": "guessed",
  },
  {
    "section": "CreateSessions",
    "behaviour": "An item that is refused leaves no record",
    "confidence": "seen",
  },
  {
    "section": "Placement",
    "behaviour": "Virtual sessions on Linux only; Windows and macOS take console sessions",
    "confidence": "documented",
  },
  {
    "section": "Placement",
    "behaviour": "One console session a host, and no virtual one beside it",
    "confidence": "documented",
  },
  {
    "section": "Placement",
    "behaviour": "A console session needs a host without sessions",
    "confidence": "seen",
  },
  {
    "section": "Placement",
    "behaviour": "`max_virtual_sessions` of the agent, -1 for no limit",
    "confidence": "documented",
  },
  {
    "section": "Placement",
    "behaviour": "`max_concurrent_sessions_per_user`, 1 by default, for virtual sessions",
    "confidence": "documented",
  },
  {
    "section": "Placement",
    "behaviour": "The host with the fewest sessions is chosen, then the one with the least id",
    "confidence": "guessed",
  },
  {
    "section": "Placement",
    "behaviour":
      "Room counts with the agent's next report: after a session's end, a registration, OpenServers, a log-off, the return of a DCV server. `timings.roomReport`, `[0, 0]` in process, 1 to 30 seconds in the command",
    "confidence": "seen",
  },
  {
    "section": "Placement",
    "behaviour": "Until then servers are shown as they are: AVAILABLE, without the session",
    "confidence": "guessed",
  },
  {
    "section": "Placement",
    "behaviour": "The report that an agent begins with after a boot tells of its room",
    "confidence": "seen",
  },
  {
    "section": "Placement",
    "behaviour": "A creation that failed leaves its place at once",
    "confidence": "guessed",
  },
  {
    "section": "Placement",
    "behaviour": "No host that is closed, unreachable, unhealthy or in use",
    "confidence": "documented",
  },
  {
    "section": "Placement",
    "behaviour": "Nothing found is `No DCV server found for the given criteria`, at once",
    "confidence": "seen",
  },
  {
    "section": "Placement",
    "behaviour":
      "Init files, autorun files and arguments and DCV-GL need a system that has them; others count as hosts that do not match",
    "confidence": "guessed",
  },
  {
    "section": "Requirements",
    "behaviour": "The grammar is that of the validator in AWS's console",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "What AWS's tests and the grammar reject is rejected",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "A blank expression is no requirement",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "The server properties of the guide, and no others",
    "confidence": "documented",
  },
  {
    "section": "Requirements",
    "behaviour": "Each of them can be asked for",
    "confidence": "documented",
  },
  {
    "section": "Requirements",
    "behaviour":
      "Operating system, processor, versions, memory, swap and load of a host are what its options say",
    "confidence": "documented",
  },
  {
    "section": "Requirements",
    "behaviour": "macOS hosts are `mac2.metal` instances with arm64, and take console sessions only",
    "confidence": "documented",
  },
  {
    "section": "Requirements",
    "behaviour": "`Os.Family` of macOS is `macos`",
    "confidence": "guessed",
  },
  {
    "section": "Requirements",
    "behaviour": "An instance type that has a graphics processor shows one",
    "confidence": "documented",
  },
  {
    "section": "Requirements",
    "behaviour": "NOT before AND before OR, in any case; prefixes and properties in one case",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "Tag keys are identifiers, or begin with `dcv:`",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "Quotes in texts are doubled; numbers have digits on both sides of the point",
    "confidence": "documented",
  },
  {
    "section": "Requirements",
    "behaviour": "`:=` takes no number, but after a known server property",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "A bare AND, OR or NOT may stand for a tag",
    "confidence": "seen",
  },
  {
    "section": "Requirements",
    "behaviour": "Texts are compared with case, by code unit",
    "confidence": "guessed",
  },
  {
    "section": "Requirements",
    "behaviour": "A number is compared with the number that a tag or property is, if it is one",
    "confidence": "guessed",
  },
  {
    "section": "Requirements",
    "behaviour": "A missing tag or property makes a comparison false, and `!=` true",
    "confidence": "guessed",
  },
  {
    "section": "Requirements",
    "behaviour": "Parentheses nest to a limit",
    "confidence": "guessed",
  },
  {
    "section": "Queue",
    "behaviour": "`EnqueueRequest`: the session waits, `CREATING` and `SESSION_PLACING`",
    "confidence": "documented",
  },
  {
    "section": "Queue",
    "behaviour": "It is placed once there is room",
    "confidence": "documented",
  },
  {
    "section": "Queue",
    "behaviour": "In the order of the queue; one that fits nowhere holds up nobody",
    "confidence": "guessed",
  },
  {
    "section": "Queue",
    "behaviour": "`create-sessions-queue-max-time-seconds` (1800), then `DELETED` with a reason",
    "confidence": "guessed",
  },
  {
    "section": "Queue",
    "behaviour": "`create-sessions-queue-max-size` (1000), beyond which an item fails",
    "confidence": "guessed",
  },
  {
    "section": "Queue",
    "behaviour": "A queued session can be deleted",
    "confidence": "guessed",
  },
  {
    "section": "Failed creations",
    "behaviour":
      "The broker cannot know whether the owner exists: the creation is accepted and fails on the host",
    "confidence": "documented",
  },
  {
    "section": "Failed creations",
    "behaviour": "What is wrong with a request is told before whether there is room for it",
    "confidence": "guessed",
  },
  {
    "section": "Failed creations",
    "behaviour": "A failed creation ends as `DELETED`, with a free text as `StateReason`",
    "confidence": "seen",
  },
  {
    "section": "Failed creations",
    "behaviour": "`DOMAIN\\\\user` and `user@domain` are names like any other, everywhere",
    "confidence": "documented",
  },
  {
    "section": "Failed creations",
    "behaviour": "On Windows users exist in capitals or not; a name without its domain is another user",
    "confidence": "guessed",
  },
  {
    "section": "Failed creations",
    "behaviour": "It is tried again on other hosts, `create-sessions-number-of-retries-on-failure` times (2)",
    "confidence": "documented",
  },
  {
    "section": "Failed creations",
    "behaviour": "It is tried on the same host where there is no other",
    "confidence": "guessed",
  },
  {
    "section": "Failed creations",
    "behaviour": "`DisableRetryOnFailure` makes the first failure the last",
    "confidence": "documented",
  },
  {
    "section": "Failed creations",
    "behaviour": "A host that turns out to be unreachable is a failure",
    "confidence": "guessed",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "A success is `DELETING`; `DELETED` comes later",
    "confidence": "documented",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "An unknown session is `The requested dcvSession does not exist`",
    "confidence": "documented",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "So is another owner's",
    "confidence": "guessed",
  },
  {
    "section": "DeleteSessions",
    "behaviour":
      "`Force` where the agent is reachable is an ordinary deletion: `DELETING`, `DELETED`, then forgotten",
    "confidence": "seen",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "`Force` where the agent is unreachable drops the record at once",
    "confidence": "seen",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "A session that its host still has is listed again",
    "confidence": "documented",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "`DELETING` succeeds again, `DELETED` does not exist",
    "confidence": "guessed",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "An id that is there twice is answered twice",
    "confidence": "guessed",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "A connected user does not hold it up",
    "confidence": "seen",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "A deletion waits for an agent that is silent",
    "confidence": "guessed",
  },
  {
    "section": "DeleteSessions",
    "behaviour": "`DELETED` sessions are listed for `delete-session-duration-seconds` (3600)",
    "confidence": "documented",
  },
  {
    "section": "DeleteSessions",
    "behaviour":
      "`delete-session-duration-hours` still counts where it stands alone, and 0 hides them at once",
    "confidence": "documented",
  },
  {
    "section": "UpdateSessionPermissions",
    "behaviour": "A success is the id alone; the request takes base64 in `PermissionsFile`",
    "confidence": "documented",
  },
  {
    "section": "UpdateSessionPermissions",
    "behaviour": "An unknown session and another owner's fail in the words of DeleteSessions",
    "confidence": "guessed",
  },
  {
    "section": "UpdateSessionPermissions",
    "behaviour": "What is not base64 fails its item",
    "confidence": "guessed",
  },
  {
    "section": "UpdateSessionPermissions",
    "behaviour": "It works until the session ends",
    "confidence": "guessed",
  },
  {
    "section": "UpdateSessionPermissions",
    "behaviour": "Without a file, or with an empty one, the server's own permissions hold",
    "confidence": "guessed",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "The answer is `Session` and `ConnectionToken`, without `RequestId`",
    "confidence": "documented",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "The token is an RS256 JWT with six claims and a UUID as key id",
    "confidence": "documented",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "It lasts `connect-session-token-duration-minutes` (60)",
    "confidence": "documented",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "Each call mints a new one",
    "confidence": "seen",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "The user is not checked against anything, and may hold any character",
    "confidence": "guessed",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "Before READY it is 400 with words like `neither in READY`",
    "confidence": "seen",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "UNKNOWN gives a token",
    "confidence": "seen",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "An unknown session is 400 with the sentence of DeleteSessions",
    "confidence": "guessed",
  },
  {
    "section": "GetSessionConnectionData",
    "behaviour": "A path that is not percent-encoded is 400",
    "confidence": "seen",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "`SessionScreenshot` with an image as png or jpeg in base64, for the primary display",
    "confidence": "documented",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "160 by 100 unless `MaxWidth` and `MaxHeight` say otherwise",
    "confidence": "documented",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "Proportions are kept",
    "confidence": "guessed",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "Never larger than the display",
    "confidence": "documented",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "Size and format are broker properties",
    "confidence": "documented",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "An unknown session is `Dcv session not found.`",
    "confidence": "documented",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "A session that is not READY fails its item",
    "confidence": "guessed",
  },
  {
    "section": "GetSessionScreenshots",
    "behaviour": "As many sessions as are asked for",
    "confidence": "seen",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "Servers start open",
    "confidence": "seen",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "A closed server is `SERVER_CLOSED` and takes no session",
    "confidence": "documented",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "An unknown server is `DCV_SERVER_NOT_FOUND`, `Dcv server not found.`",
    "confidence": "documented",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour":
      "A failure of CloseServers echoes `CloseServerRequestData`; the guide's sample has the other key",
    "confidence": "documented",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "Opening an open server is a success",
    "confidence": "seen",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "So is closing a closed one",
    "confidence": "guessed",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "Without `Force` a server with sessions stays open, with `DCV_SERVER_HAS_SESSIONS`",
    "confidence": "guessed",
  },
  {
    "section": "OpenServers and CloseServers",
    "behaviour": "With `Force` its sessions run on",
    "confidence": "documented",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "The broker notices a silent agent after a while; until then the server is AVAILABLE",
    "confidence": "seen",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "That while is 60 seconds, two reports of the agent",
    "confidence": "guessed",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "Then the server is `UNREACHABLE_AGENT`, its sessions are UNKNOWN",
    "confidence": "documented",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "With the agent's return its sessions are READY again",
    "confidence": "documented",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "Sessions that the host lost are DELETED then",
    "confidence": "guessed",
  },
  {
    "section": "Unreachable agents",
    "behaviour":
      "A server is dropped after `seconds-before-deleting-unreachable-dcv-server` (1800), its sessions are kept",
    "confidence": "documented",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "`seconds-before-deleting-sessions-unreachable-server` drops them, unset it does not",
    "confidence": "documented",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "A server whose DCV server is down is `UNHEALTHY_DCV_SERVER`",
    "confidence": "documented",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "Its sessions are UNKNOWN",
    "confidence": "guessed",
  },
  {
    "section": "Unreachable agents",
    "behaviour": "A host that comes back under its name after it ended has a new id",
    "confidence": "documented",
  },
  {
    "section": "Sessions made on their hosts",
    "behaviour": "They are listed under their own ids, with an empty name",
    "confidence": "seen",
  },
  {
    "section": "Sessions made on their hosts",
    "behaviour": "They take a place on the host",
    "confidence": "documented",
  },
  {
    "section": "Sessions made on their hosts",
    "behaviour": "They can be deleted through the broker",
    "confidence": "seen",
  },
  {
    "section": "Sessions made on their hosts",
    "behaviour": "Several may have one id, each on its host; calls mean the newest of the owner's",
    "confidence": "guessed",
  },
  {
    "section": "Restart",
    "behaviour": "Without persistence tokens, keys, records and what was closed are lost",
    "confidence": "documented",
  },
  {
    "section": "Restart",
    "behaviour": "Sessions are listed again as agents report",
    "confidence": "seen",
  },
  {
    "section": "Restart",
    "behaviour": "API clients survive",
    "confidence": "guessed",
  },
  {
    "section": "Restart",
    "behaviour": "The queue and what was being placed are lost",
    "confidence": "guessed",
  },
  {
    "section": "Restart",
    "behaviour": "Hosts go on with the creations and deletions that they had begun",
    "confidence": "guessed",
  },
  {
    "section": "Restart",
    "behaviour": "Connection tokens from before are void",
    "confidence": "seen",
  },
  {
    "section": "Restart",
    "behaviour": "`enable-persistence`: nothing is lost",
    "confidence": "documented",
  },
  {
    "section": "Throttling",
    "behaviour": "`max-api-requests-per-second` (1000)",
    "confidence": "documented",
  },
  {
    "section": "Throttling",
    "behaviour": "Beyond it 429, without `Retry-After`",
    "confidence": "guessed",
  },
  {
    "section": "Throttling",
    "behaviour": "The limit counts by caller's address, in whole seconds",
    "confidence": "guessed",
  },
  {
    "section": "Throttling",
    "behaviour": "`enable-throttling-forwarded-for-header`: the address is the first in `X-Forwarded-For`",
    "confidence": "documented",
  },
  {
    "section": "Throttling",
    "behaviour": "Token requests count, health checks do not",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Without a permissions file the owner may do everything, others nothing",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Whom the file lets see the display comes in, nobody else",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Without `display` there is nothing to come in for",
    "confidence": "seen",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A file that says nothing of the owner leaves the owner out",
    "confidence": "seen",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "`osgroup:` is a group of the host's operating system",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A file that cannot be read grants nothing",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Guests have to be users of the operating system",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "No connection while the host, its DCV server or its agent is down",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A restarted host has no session, although the broker still lists it",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Connections end with the session, the DCV server or the host",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A connection URL leads to a desktop, in every form that portals use",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour":
      "The token is asked for first, then the session, the host, the permissions and the number of clients",
    "confidence": "seen",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Without a token, or with one that is not valid: 401",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A token for another session: 403",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A session that the host does not have: 404",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A user who is not on the host: 403",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "An open desktop is a connection, until it is closed",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "The owner who is connected is a logged-in user of the host",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A connection outlives a restart of the broker, for it is between client and host",
    "confidence": "guessed",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "A gateway is sent to where desktops are served, by name",
    "confidence": "documented",
  },
  {
    "section": "Connecting to a session",
    "behaviour": "Replaced permissions count at once",
    "confidence": "documented",
  },
  {
    "section": "Agent connector (8445)",
    "behaviour": "`POST /agent/validate-authentication-token` takes a form and answers XML",
    "confidence": "documented",
  },
  {
    "section": "Agent connector (8445)",
    "behaviour": "`clientAddress` may be left out",
    "confidence": "documented",
  },
  {
    "section": "Agent connector (8445)",
    "behaviour": "A no is status 200 too",
    "confidence": "guessed",
  },
  {
    "section": "Agent connector (8445)",
    "behaviour": "The user is the token's `dcvSessionUser`",
    "confidence": "seen",
  },
  {
    "section": "Agent connector (8445)",
    "behaviour": "A token counts for its session only, as long as it lasts",
    "confidence": "documented",
  },
  {
    "section": "Agent connector (8445)",
    "behaviour": "It counts as often as it is shown",
    "confidence": "guessed",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour":
      "`POST /resolveSession` answers five fields, with a DNS name and a numeric port, without a token",
    "confidence": "documented",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour":
      "Nothing found is 404 with `The requested combination of transport and sessionId does not exist`",
    "confidence": "seen",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour": "A server without a DNS name has no destination",
    "confidence": "documented",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour": "Registered DNS mappings by address, id or instance id",
    "confidence": "documented",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour": "`transport` is HTTP or QUIC in capitals; another one, or no session id, is 400",
    "confidence": "documented",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour": "The words of these refusals",
    "confidence": "guessed",
  },
  {
    "section": "Gateway connector (8447)",
    "behaviour": "It is off unless `enable-gateway` is true",
    "confidence": "seen",
  },
  {
    "section": "Broker properties",
    "behaviour": "A `session-manager-broker.properties` file is taken as it is",
    "confidence": "documented",
  },
  {
    "section": "Broker properties",
    "behaviour": "Unknown names in a file are passed over",
    "confidence": "guessed",
  },
  {
    "section": "Broker properties",
    "behaviour": "`client-to-broker-connector-https-port` (8443) is the port to listen on",
    "confidence": "documented",
  },
];

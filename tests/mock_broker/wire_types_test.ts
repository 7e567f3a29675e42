/**
 * The schemas of the mock broker and the types of the client describe one wire: that they agree is checked when this
 * file is compiled, and that none of them is forgotten when it runs.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type * as wire from "@dcvkit/session-manager";
import * as schemas from "../../mock_broker/connectors/client/schemas.ts";

interface WireTypes {
  KeyValuePair: wire.KeyValuePair;
  Server: wire.Server;
  Session: wire.Session;
  DescribeSessionsRequestData: wire.DescribeSessionsRequestData;
  DescribeSessionsResponse: wire.DescribeSessionsResponse;
  DescribeServersRequestData: wire.DescribeServersRequestData;
  DescribeServersResponse: wire.DescribeServersResponse;
  CreateSessionRequestData: wire.CreateSessionRequestData;
  CreateSessionsResponse: wire.CreateSessionsResponse;
  DeleteSessionRequestData: wire.DeleteSessionRequestData;
  DeleteSessionsResponse: wire.DeleteSessionsResponse;
  UpdateSessionPermissionsRequestData: wire.UpdateSessionPermissionsRequestData;
  UpdateSessionPermissionsResponse: wire.UpdateSessionPermissionsResponse;
  GetSessionConnectionDataResponse: wire.GetSessionConnectionDataResponse;
  GetSessionScreenshotRequestData: wire.GetSessionScreenshotRequestData;
  GetSessionScreenshotsResponse: wire.GetSessionScreenshotsResponse;
  OpenServerRequestData: wire.OpenServerRequestData;
  OpenServersResponse: wire.OpenServersResponse;
  CloseServerRequestData: wire.CloseServerRequestData;
  /** The client also knows the key that the guide's sample of a failure has; the mock sends the OpenAPI file's. */
  CloseServersResponse: Omit<wire.CloseServersResponse, "UnsuccessfulList"> & {
    UnsuccessfulList: Omit<wire.CloseServerUnsuccessfulResponse, "OpenServerRequestData">[];
  };
}

/** The names and kinds of all fields, whether they may be absent or `null` or not. */
type Shape<T> = NonNullable<T> extends infer U ? U extends string ? "string"
  : U extends number ? "number"
  : U extends boolean ? "boolean"
  : U extends readonly (infer Item)[] ? Shape<Item>[]
  : { [Field in keyof U]-?: Shape<U[Field]> }
  : never;

/** Echoes of requests leave out what was `null`. */
type WithoutNull<T> = T extends readonly (infer Item)[] ? WithoutNull<Item>[]
  : T extends object ? { [Field in keyof T]: WithoutNull<Exclude<T[Field], null>> }
  : T;

type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;
type Assignable<A, B> = [A] extends [B] ? true : false;

/**
 * The same fields of the same kinds; besides, the broker accepts whatever the client's type lets a caller send, and
 * sends nothing that the client's type rules out.
 */
type Agreement<Wire, Schema extends { _input: unknown; _output: unknown }, IsRequest> = Same<
  Shape<Wire>,
  Shape<Schema["_output"]>
> extends true ? IsRequest extends true ? Assignable<Wire, Schema["_input"]>
  : Assignable<WithoutNull<Schema["_output"]>, Wire>
  : false;

type Agreements = {
  [Name in keyof WireTypes]: Agreement<
    WireTypes[Name],
    (typeof schemas)[Name],
    Name extends `${string}RequestData` ? true : false
  >;
};

const AGREEMENTS: Agreements = {
  KeyValuePair: true,
  Server: true,
  Session: true,
  DescribeSessionsRequestData: true,
  DescribeSessionsResponse: true,
  DescribeServersRequestData: true,
  DescribeServersResponse: true,
  CreateSessionRequestData: true,
  CreateSessionsResponse: true,
  DeleteSessionRequestData: true,
  DeleteSessionsResponse: true,
  UpdateSessionPermissionsRequestData: true,
  UpdateSessionPermissionsResponse: true,
  GetSessionConnectionDataResponse: true,
  GetSessionScreenshotRequestData: true,
  GetSessionScreenshotsResponse: true,
  OpenServerRequestData: true,
  OpenServersResponse: true,
  CloseServerRequestData: true,
  CloseServersResponse: true,
};

/** The check itself has to be able to fail. */
const DISAGREEMENTS: {
  missingField: Agreement<{ Id: string }, typeof schemas.OpenServerRequestData, true>;
  otherKind: Agreement<{ ServerId: number }, typeof schemas.OpenServerRequestData, true>;
  moreThanIsAccepted: Agreement<{ ServerId: string | null }, typeof schemas.OpenServerRequestData, true>;
  lessThanIsSent: Agreement<{ Key: "a"; Value: string }, typeof schemas.KeyValuePair, false>;
} = { missingField: false, otherKind: false, moreThanIsAccepted: false, lessThanIsSent: false };

Deno.test("every schema of the mock broker is held against a type of the client", () => {
  const names = Object.keys(schemas).filter((name) => name !== "wireSchemas");
  assertEquals(Object.keys(AGREEMENTS).toSorted(), names.toSorted());
  assertEquals([...new Set(Object.values(DISAGREEMENTS))], [false]);
});

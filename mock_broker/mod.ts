/**
 * A simulated Amazon DCV Session Manager broker with a simulated fleet, for local development and tests.
 *
 * @module
 */

export { MockBroker } from "./mock_broker.ts";
export type { ClockOptions, InitialSession, MockBrokerOptions } from "./options.ts";
export type { KeptAuthority, ListenOptions, MockBrokerServer } from "./server.ts";
export type { HostControl, SessionControl } from "./control.ts";
export type { DnsMapping } from "./http/dns_mappings.ts";
export type { CertificateAndKey } from "./http/certificates.ts";
export type { ApiClientCredentials, ApiClientOptions } from "./simulation/api_clients.ts";
export type { BrokerProperties, BrokerPropertiesInput } from "./simulation/broker_properties.ts";
export type { Range } from "./simulation/chance.ts";
export type { Ec2Metadata, HostOptions, OsFamily } from "./simulation/host_options.ts";
export type { SessionOptions } from "./simulation/local_sessions.ts";
export type { SessionType } from "./simulation/session.ts";
export type { TimingOptions, Timings } from "./simulation/timings.ts";

/**
 * A simulated Amazon DCV Session Manager broker with a simulated fleet, for local development and tests.
 *
 * @module
 */

export { MockBroker } from "./mock_broker.ts";
export { simulate } from "./capacity/simulate.ts";
export { capacityTable, comparisonTable } from "./capacity/table.ts";
export { capacityPlot } from "./capacity/plot.ts";
export type { Demand, MinutesByMedian, SessionDemand } from "./capacity/demand.ts";
export type { CapacityHour, CapacityReport } from "./capacity/report.ts";
export type { AuthServer } from "./description/auth_server.ts";
export type { ClockOptions } from "./description/clock.ts";
export type { ControlOptions, MockBrokerOptions } from "./description/options.ts";
export type { Reconfiguration } from "./description/reconfigure.ts";
export type { CertificateFault, KeptAuthority, ListenOptions } from "./description/listen_options.ts";
export type { MockBrokerServer } from "./server/mock_broker_server.ts";
export type { NoAdviceOptions } from "./control/advice.ts";
export type { Advice, AdviceId, AdviceRemedy } from "./journal/advice/advice.ts";
export type { ClockControl } from "./control/clock_control.ts";
export type { FaultPreset } from "./control/fault_presets.ts";
export type { FaultControl } from "./control/fault_control.ts";
export type { HostControl, HostQuery } from "./control/host_control.ts";
export type { ActivityStep } from "./control/activity.ts";
export type { Upcoming, UpcomingEvent, UpcomingKind, UpcomingQuery } from "./control/upcoming.ts";
export type { HostChange } from "./description/change_host.ts";
export type { FleetMetrics } from "./control/fleet_metrics.ts";
export type { HostSnapshot } from "./control/host_snapshot.ts";
export type { SessionControl, SessionSnapshotQuery } from "./control/session_control.ts";
export type { SessionSnapshot, SessionStepSnapshot } from "./control/session_snapshot.ts";
export type { PermissionsSnapshot, UserPermissions } from "./control/permissions_snapshot.ts";
export type { SnapshotPage } from "./control/snapshot_page.ts";
export type { BrokerCounts, BrokerState } from "./control/broker_state.ts";
export type { BrokerControl, WorldControl, WorldSource } from "./control/broker_control.ts";
export type { ConnectorName, FailedItem, ItemOutcomes, JournalEntry } from "./journal/entry.ts";
export type { JournalExpectation, StatusClass } from "./journal/expectation.ts";
export type { Har, HarEntry } from "./journal/har.ts";
export type { JournalFilter } from "./journal/filter.ts";
export type { Journal } from "./journal/journal.ts";
export type { RequestCount } from "./journal/request_rate.ts";
export type { Tally } from "./journal/tallies.ts";
export type { NameAndValue } from "./journal/sent_request.ts";
export type {
  CutOffFault,
  DelayFault,
  FailItemFault,
  Fault,
  FaultRule,
  GarbleFault,
  NoAnswerFault,
  OperationName,
  RefuseTokenFault,
  ResetFault,
  StatusFault,
  ThrottleFault,
} from "./simulation/fault_rule.ts";
export type { ActiveFault } from "./simulation/active_faults.ts";
export type { DnsMapping } from "./description/dns_mapping.ts";
export type { CertificateAndKey } from "./description/listen_options.ts";
export type { ApiClientOptions } from "./description/api_client.ts";
export type { ApiClientCredentials } from "./simulation/api_clients.ts";
export type { BrokerPropertiesInput } from "./description/broker_properties.ts";
export type { BrokerProperties } from "./simulation/broker_properties.ts";
export type { ClockMode } from "./simulation/clock.ts";
export type { LoadOptions, SavedWorld, SaveOptions } from "./description/saved_world.ts";
export type { Range } from "./simulation/range.ts";
export type { EndpointOptions, HostOptions, Optional } from "./description/host.ts";
export type {
  Ec2Metadata,
  Gpu,
  LoadAverage,
  OperatingSystem,
  OsFamily,
  Processor,
  Swap,
} from "./simulation/host_description.ts";
export type { KeySet } from "./description/key_set.ts";
export type { InitialSession, SessionOptions } from "./description/session.ts";
export type { UnavailabilityReason } from "./simulation/host.ts";
export type { SessionState, SessionSubstate, SessionType } from "./simulation/session_states.ts";
export type { TimingOptions } from "./description/timings.ts";
export type { Timings } from "./simulation/timings.ts";

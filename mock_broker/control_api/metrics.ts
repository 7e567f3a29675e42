/**
 * The metrics of a broker as OpenMetrics text, for Prometheus and its like.
 *
 * @module
 */

import { type Metric, Registry } from "prom-client";
import type { BrokerControl } from "../control/broker_control.ts";
import { DURATION_BOUNDS, type Tally } from "../journal/tallies.ts";

/** The content type of the text. */
export const METRICS_CONTENT_TYPE: string = Registry.OPENMETRICS_CONTENT_TYPE;

/** One number of a metric. */
interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** If not the metric's own. */
  readonly metricName?: string;
}

/** Writes the metrics as they are now. */
export async function metricsText(broker: BrokerControl): Promise<string> {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const { counts, queue, faults } = broker.state();
  const tallies = broker.journal.tallies();
  const add = (type: string, name: string, help: string, values: readonly Sample[]) => {
    // The registry writes whatever tells its values when it is asked; these were counted elsewhere.
    registry.registerMetric(
      { name, help, type, get: () => ({ name, help, type, values }) } as unknown as Metric,
    );
  };
  add("counter", "dcv_broker_requests", "Requests by operation and status", tallies.map(requests));
  add(
    "histogram",
    "dcv_broker_request_duration_seconds",
    "Simulated time until the answer",
    tallies.flatMap(durations),
  );
  add(
    "gauge",
    "dcv_sessions",
    "Sessions that the broker lists, by state",
    byLabel("state", counts.sessionsByState),
  );
  add("gauge", "dcv_servers", "Hosts by availability", byLabel("availability", counts.hostsByAvailability));
  add("gauge", "dcv_connections", "Users' connections to sessions", [{
    labels: {},
    value: counts.connections,
  }]);
  add("gauge", "dcv_queued_creations", "Creations that wait for a host", [{
    labels: {},
    value: queue.length,
  }]);
  add("gauge", "dcv_mock_faults", "Fault rules in force", [{ labels: {}, value: faults.length }]);
  return await registry.metrics();
}

function labelsOf({ operation, status }: Readonly<Tally>): Sample["labels"] {
  return { operation: operation ?? "other", status: status ?? "none" };
}

function requests(tally: Readonly<Tally>): Sample {
  return { labels: labelsOf(tally), value: tally.count };
}

function durations(tally: Readonly<Tally>): Sample[] {
  const name = "dcv_broker_request_duration_seconds";
  const labels = labelsOf(tally);
  const buckets = [...DURATION_BOUNDS.map(String), "+Inf"];
  return [
    ...buckets.map((le, index) => ({
      labels: { ...labels, le },
      value: tally.withinBounds[index] ?? tally.count,
      metricName: `${name}_bucket`,
    })),
    { labels, value: tally.seconds, metricName: `${name}_sum` },
    { labels, value: tally.count, metricName: `${name}_count` },
  ];
}

function byLabel(label: string, counts: Readonly<Record<string, number>>): Sample[] {
  return Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }));
}

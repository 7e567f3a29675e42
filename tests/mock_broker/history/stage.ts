/**
 * The broker and the model that a history is played to.
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { FleetModel } from "./fleet_model.ts";
import { HostModel } from "./host_model.ts";
import { type HostFacts, hostOptions, propertiesOf, timingsOf } from "./rules.ts";
import type { History } from "./steps.ts";

const START = new Date("2026-01-01T00:00:00Z");

export interface Stage {
  readonly broker: MockBroker;
  readonly model: FleetModel;
}

export function setStage({ rules, hosts }: History): Stage {
  const broker = new MockBroker({
    seed: rules.seed,
    clock: { mode: "manual", start: START },
    servers: [],
    properties: propertiesOf(rules),
    timings: timingsOf(rules),
  });
  const stage = { broker, model: new FleetModel(rules, START.getTime()) };
  for (const facts of hosts) addHost(stage, facts);
  return stage;
}

export function addHost({ broker, model }: Stage, facts: HostFacts): void {
  const name = `host-${model.hosts.length}`;
  const id = broker.hosts.add(hostOptions(name, facts));
  model.hosts.push(new HostModel(name, id, facts, model.rules));
}

export function restart({ broker, model }: Stage): void {
  broker.restart();
  if (model.rules.persistence) return;
  for (const host of model.hosts) host.brokerRestarted(model.now);
  for (const session of model.sessions) session.brokerRestarted(model.now);
}

export function wait({ broker, model }: Stage, time: number): void {
  broker.advance(time);
  model.passTo(model.now + time);
}

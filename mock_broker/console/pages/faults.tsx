/** @jsxImportSource hono/jsx */
/**
 * What goes wrong, and how to let more go wrong.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { FAULT_PRESETS, type FaultPreset } from "../../control/fault_presets.ts";
import type { BrokerState } from "../../control/broker_state.ts";
import type { ActiveFault } from "../../simulation/active_faults.ts";
import { Button, Empty, Table } from "../components.tsx";
import { faultInWords } from "../fault_words.ts";
import { NewFault } from "./new_fault.tsx";
import { duration, number, type View } from "../view.ts";

/** The view of the faults. */
export function Faults({ view, state: { faults } }: { view: View; state: BrokerState }): JSX.Element {
  return (
    <>
      <section aria-labelledby="in-force">
        <h2 id="in-force">In force</h2>
        {faults.length === 0
          ? (
            <Empty>
              <p>No fault is in force: the broker answers as it should.</p>
            </Empty>
          )
          : <FaultList view={view} faults={faults} />}
      </section>
      <Presets view={view} />
      <NewFault view={view} />
    </>
  );
}

/** The rules in force. */
export function FaultList({ view, faults }: { view: View; faults: readonly ActiveFault[] }): JSX.Element {
  return (
    <>
      <Table label="Faults in force" columns={["Fault", "Strikes", "-When", "-Struck so far", "Remove"]}>
        {faults.map((rule) => (
          <tr id={`fault-row-${rule.id}`}>
            <th scope="row">
              {rule.id}: {rule.fault.type}
              <span class="note">{faultInWords(rule.fault)}</span>
            </th>
            <td>{[rule.operation ?? "every operation"].flat().join(", ")}</td>
            <td class="minor">{conditionsOf(rule)}</td>
            <td class="minor">{number(rule.struck)}</td>
            <td>
              <Button
                view={view}
                does="removeFault"
                label="Remove"
                about={rule.id}
                fields={{ fault: rule.id }}
              />
            </td>
          </tr>
        ))}
      </Table>
      <Button view={view} does="clearFaults" label="Remove all faults" />
    </>
  );
}

function conditionsOf({ clientId, item, skip, times, probability, remaining }: ActiveFault): string {
  const conditions = [
    clientId !== undefined && `client ${clientId}`,
    item !== undefined && `about ${item}`,
    skip && `not the first ${skip}`,
    times !== undefined && `${times} times`,
    probability !== undefined && `${probability * 100} %`,
    remaining !== undefined && `for another ${duration(remaining)}`,
  ];
  return conditions.filter(Boolean).join(", ") || "always";
}

const PRESETS: Readonly<Record<FaultPreset, [label: string, about: string]>> = {
  brokerRestart: ["Broker restart", "20 seconds of resets; what is not persisted is lost"],
  refusedConnections: [
    "Refused connections",
    "nobody listens for 20 seconds, and this page waits too; the world goes on",
  ],
  expiredTokens: ["Expired tokens", "every access token expires now"],
  fullFleet: ["Full fleet", "no server is found for any session"],
  justBooted: ["Hosts just booted", "sessions are lost; servers are listed again with their agents' reports"],
  flakyNetwork: ["Flaky network", "delays, resets, 503s and cut-off answers, now and then"],
};

function Presets({ view }: { view: View }): JSX.Element {
  return (
    <section aria-labelledby="presets">
      <h2 id="presets">Scenarios</h2>
      <p class="note">What happens to real brokers, as one button each.</p>
      <ul class="plain presets">
        {FAULT_PRESETS.map((preset) => (
          <li>
            <Button view={view} does="preset" label={PRESETS[preset][0]} fields={{ preset }} />
            <span class="note">{PRESETS[preset][1]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

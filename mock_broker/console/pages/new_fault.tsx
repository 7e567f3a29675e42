/** @jsxImportSource hono/jsx */
/**
 * The form for a new fault, of the kind that the URL names.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { AUTHORIZED_OPERATIONS, BATCH_OPERATIONS, type OperationName } from "../../simulation/fault_rule.ts";
import { Action, Field, Select } from "../components.tsx";
import { FAULT_KINDS, type FaultField, faultKind } from "../fault_form.ts";
import { linkTo, type View } from "../view.ts";

/** The form, and the way to those for other kinds. */
export function NewFault({ view }: { view: View }): JSX.Element {
  const type = faultKind(view.query.type ?? "") ? view.query.type! : "status";
  const { about, fields, operations } = faultKind(type)!;
  return (
    <section aria-labelledby="new-fault">
      <h2 id="new-fault">Add a fault</h2>
      <nav aria-label="Kinds of faults">
        <ul class="kinds">
          {Object.keys(FAULT_KINDS).map((name) => (
            <li>
              <a
                href={linkTo(view, "/faults", { type: name })}
                aria-current={name === type ? "true" : undefined}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Action view={view} does="addFault" fields={{ type }} class="card">
        <h3>{about}</h3>
        <div class="row">{fields.map((field) => <Input field={field} />)}</div>
        <h3>When</h3>
        <div class="row">
          <Field id="f-operation" label="Operation">
            <Select id="f-operation" name="operation" none={everyOneOf(operations)} options={operations} />
          </Field>
          {CONDITIONS.map((field) => <Input field={field} />)}
        </div>
        <button type="submit">Add fault</button>
      </Action>
    </section>
  );
}

/** Conditions that every rule may have; what is left empty holds for every request. */
const CONDITIONS: readonly FaultField[] = [
  { name: "item", label: "About (session, owner or server)", kind: "text" },
  { name: "clientId", label: "API client", kind: "text" },
  { name: "skip", label: "Not the first", kind: "number" },
  { name: "times", label: "So many times", kind: "number" },
  { name: "percent", label: "Percent of requests", kind: "number" },
  { name: "seconds", label: "For so many seconds", kind: "number" },
];

function everyOneOf(operations: readonly OperationName[]): string {
  if (operations === AUTHORIZED_OPERATIONS) return "every operation with a token";
  return operations === BATCH_OPERATIONS ? "every batch operation" : "every operation";
}

function Input({ field: { name, label, kind, value } }: { field: FaultField }): JSX.Element {
  const id = `f-${name}`;
  if (kind === "box") {
    return (
      <div class="field box">
        <input id={id} name={name} type="checkbox" />
        <label for={id}>{label}</label>
      </div>
    );
  }
  return (
    <Field id={id} label={label}>
      {kind === "lines"
        ? <textarea id={id} name={name} rows={2}></textarea>
        : <input id={id} name={name} inputmode={kind === "number" ? "decimal" : "text"} value={value} />}
    </Field>
  );
}

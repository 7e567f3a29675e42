/** @jsxImportSource hono/jsx */
/**
 * The form that says which requests to show. It is sent as a URL: what it finds can be shared.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { STATUS_CLASSES } from "../../journal/expectation.ts";
import { OPERATION_NAMES } from "../../simulation/fault_rule.ts";
import { Field, Select } from "../components.tsx";
import { linkTo, type View } from "../view.ts";
import { leavesOut, type ViewedFilter } from "./viewed_filter.ts";

const CONNECTORS = ["client", "agent", "gateway", "desktop"];

const STATUS_WORDS: Readonly<Record<string, string>> = {
  "1xx": "informed",
  "2xx": "succeeded",
  "3xx": "sent elsewhere",
  "4xx": "refused",
  "5xx": "broken",
  none: "no answer",
};

/** The fields that few need. */
const FURTHER = ["owner", "session", "host", "path", "clientId", "fault", "connector"];

/** The form, filled in with what the URL says. */
export function FilterForm({ view, viewed }: { view: View; viewed: ViewedFilter }): JSX.Element {
  const { parameters } = viewed;
  const Text = ({ name, label }: { name: string; label: string }) => (
    <Field id={name} label={label}>
      <input id={name} name={name} value={parameters[name] ?? ""} />
    </Field>
  );
  return (
    <form method="get" action={linkTo(view, "/journal")} class="filter" role="search" aria-label="Journal">
      <div class="row">
        <Field id="text" label="Text anywhere in it">
          <input id="text" name="text" type="search" value={parameters.text ?? ""} />
        </Field>
        <Field id="operation" label="Operation">
          <Select
            id="operation"
            name="operation"
            none="any"
            options={OPERATION_NAMES}
            value={parameters.operation}
          />
        </Field>
        <Field id="status" label="Status, such as 404 or 4xx">
          <input id="status" name="status" list="statuses" size={5} value={parameters.status ?? ""} />
          <datalist id="statuses">
            {STATUS_CLASSES.map((name) => <option value={name}>{STATUS_WORDS[name]}</option>)}
          </datalist>
        </Field>
        <div class="field box">
          <input
            id="failed"
            name="failed"
            type="checkbox"
            value="true"
            checked={parameters.failed === "true"}
          />
          <label for="failed">Only errors</label>
        </div>
        <button type="submit">Filter</button>
        {leavesOut(viewed) && <a class="button" href={linkTo(view, "/journal")}>Show all</a>}
      </div>
      <details
        open={FURTHER.some((name) =>
          parameters[name] !== undefined
        )}
      >
        <summary>Owner, session, host, client, fault, path</summary>
        <div class="row">
          <Text name="owner" label="Owner" />
          <Text name="session" label="Session: id or name" />
          <Text name="host" label="Host: name or server id" />
          <Text name="clientId" label="API client" />
          <Text name="fault" label="Fault: its id, or delay, reset, ..." />
          <Text name="path" label="Part of the path" />
          <Field id="connector" label="Connector">
            <Select
              id="connector"
              name="connector"
              none="any"
              options={CONNECTORS}
              value={parameters.connector}
            />
          </Field>
        </div>
      </details>
    </form>
  );
}

/** @jsxImportSource hono/jsx */
/**
 * The hosts, page by page.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { HostSnapshot } from "../../control/host_snapshot.ts";
import { Capacity, stateOf } from "../capacity.tsx";
import { Action, Empty, Field, Select, Table } from "../components.tsx";
import { State } from "../icons.tsx";
import { count, linkTo, numberIn, textIn, type View } from "../view.ts";

const PAGE = 50;

const AVAILABILITIES = [
  "AVAILABLE",
  "UNAVAILABLE",
  "SERVER_FULL",
  "SERVER_CLOSED",
  "UNREACHABLE_AGENT",
  "UNHEALTHY_DCV_SERVER",
  "EXISTING_LOGGED_IN_USER",
];

/** The list of hosts. */
export function Hosts({ view }: { view: View }): JSX.Element {
  const query = { text: textIn(view, "text"), availability: textIn(view, "availability") };
  const { items, total, next } = view.broker.hosts.list({
    ...query,
    after: numberIn(view, "after"),
    limit: PAGE,
  });
  return (
    <>
      <form method="get" class="row filter" role="search" aria-label="Hosts">
        <Field id="text" label="Name, address, id or tag">
          <input id="text" name="text" type="search" value={query.text ?? ""} />
        </Field>
        <Field id="availability" label="Availability">
          <Select
            id="availability"
            name="availability"
            none="any"
            options={AVAILABILITIES}
            value={query.availability}
          />
        </Field>
        <button type="submit">Filter</button>
      </form>
      <p class="note" aria-live="polite">{count(total, "host")}</p>
      {total === 0
        ? (
          <Empty>
            <p>No host is like that. Clear the filter, or add a host.</p>
          </Empty>
        )
        : <HostTable view={view} hosts={items} />}
      <nav class="pages" aria-label="Pages">
        {view.query.after && <a href={linkTo(view, "/hosts", query)}>First page</a>}
        {next !== undefined && <a href={linkTo(view, "/hosts", { ...query, after: next })}>Next page</a>}
      </nav>
      <section aria-labelledby="add-host">
        <h2 id="add-host">Add a host</h2>
        <AddHost view={view} />
      </section>
    </>
  );
}

function HostTable({ view, hosts }: { view: View; hosts: readonly HostSnapshot[] }): JSX.Element {
  return (
    <Table label="Hosts" columns={["Host", "Availability", "Sessions", "-OS", "-Address", "-Tags"]}>
      {hosts.map((host) => (
        <tr id={`host-${host.id}`}>
          <th scope="row">
            <a href={linkTo(view, `/hosts/${encodeURIComponent(host.hostname)}`)}>{host.hostname}</a>
          </th>
          <td>
            <State of={stateOf(host)} />
          </td>
          <td>
            <Capacity host={host} />
          </td>
          <td class="minor">{host.os}</td>
          <td class="minor">{host.ip}</td>
          <td class="minor tags">{tagsOf(host)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The tags that somebody gave; the broker's own begin with `dcv:`. */
export function tagsOf({ tags }: HostSnapshot): string {
  return Object.entries(tags).filter(([key]) => !key.startsWith("dcv:")).map((tag) => tag.join("=")).join(
    ", ",
  );
}

/** A form to add a host. */
export function AddHost({ view }: { view: View }): JSX.Element {
  return (
    <Action view={view} does="addHost" class="row">
      <Field id="hostname" label="Host name (optional)">
        <input id="hostname" name="hostname" />
      </Field>
      <Field id="os" label="Operating system">
        <Select id="os" name="os" none="linux" options={["windows", "macos"]} />
      </Field>
      <Field id="max" label="Most virtual sessions">
        <input id="max" name="maxVirtualSessions" type="number" min="-1" placeholder="10 on Linux" />
      </Field>
      <Field id="tags" label="Tags, one a line: name=value">
        <textarea id="tags" name="tags" rows={2}></textarea>
      </Field>
      <button type="submit">Add host</button>
    </Action>
  );
}

/** @jsxImportSource hono/jsx */
/**
 * The hosts, page by page.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { HostQuery } from "../../control/host_control.ts";
import type { HostSnapshot } from "../../control/host_snapshot.ts";
import { Capacity, stateOf } from "../capacity.tsx";
import { Action, Empty, Field, type Order, Select, Table } from "../components.tsx";
import { GroupedMaps, MOST_HOSTS, tagNames } from "../fleet_map.tsx";
import { State } from "../icons.tsx";
import { orderOf } from "../order.ts";
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
  const filter = { text: textIn(view, "text"), availability: textIn(view, "availability") };
  const group = textIn(view, "group");
  const order = orderOf(view, "/hosts", { ...filter, group }, {
    Host: "hostname",
    Availability: "availability",
    Sessions: "sessions",
    OS: "os",
  });
  const query = { ...filter, group, sort: order.sort, descending: order.descending ? "true" : undefined };
  const { items, total, next } = view.broker.hosts.list({
    ...filter,
    sort: order.sort as HostQuery["sort"],
    descending: order.descending,
    after: group === undefined ? numberIn(view, "after") : undefined,
    limit: group === undefined ? PAGE : MOST_HOSTS,
  });
  const tags = tagNames(view.broker.hosts.list({ limit: MOST_HOSTS }).items);
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
        {tags.length > 0 && (
          <Field id="group" label="Group by tag">
            <Select id="group" name="group" none="no tag" options={tags} value={group} />
          </Field>
        )}
        <button type="submit">Filter</button>
      </form>
      <p class="note" aria-live="polite">{count(total, "host")}</p>
      {total === 0
        ? (
          <Empty>
            <p>No host is like that. Clear the filter, or add a host.</p>
          </Empty>
        )
        : group === undefined
        ? <HostTable view={view} hosts={items} order={order} />
        : <GroupedMaps view={view} hosts={items} tag={group} />}
      <nav class="pages" aria-label="Pages">
        {view.query.after && <a href={linkTo(view, "/hosts", query)}>First page</a>}
        {next !== undefined && group === undefined && (
          <a href={linkTo(view, "/hosts", { ...query, after: next })}>Next page</a>
        )}
      </nav>
      <section aria-labelledby="add-host">
        <h2 id="add-host">Add a host</h2>
        <AddHost view={view} />
      </section>
    </>
  );
}

function HostTable({ view, hosts, order }: {
  view: View;
  hosts: readonly HostSnapshot[];
  order: Order;
}): JSX.Element {
  const columns = ["Host", "Availability", "Sessions", "-OS", "-Address", "-Tags"];
  return (
    <Table label="Hosts" columns={columns} order={order}>
      {hosts.map((host) => (
        <tr id={`host-${host.id}`}>
          <th scope="row">
            <a href={linkTo(view, `/hosts/${encodeURIComponent(host.hostname)}`)}>
              <span class="clip" title={host.hostname}>{host.hostname}</span>
            </a>
          </th>
          <td>
            <State of={stateOf(host)} />
          </td>
          <td>
            <Capacity host={host} />
          </td>
          <td class="minor">{host.os}</td>
          <td class="minor">{host.ip}</td>
          <td class="minor">
            <span class="clip" title={tagsOf(host)}>{tagsOf(host)}</span>
          </td>
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

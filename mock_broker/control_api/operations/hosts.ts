/**
 * Operations on hosts.
 *
 * @module
 */

import * as z from "zod";
import { type ControlOperation, controlOperation } from "../operation.ts";
import { text } from "../schemas/registry.ts";
import * as schemas from "../schemas/hosts.ts";

export const HOST_OPERATIONS: readonly ControlOperation[] = [
  controlOperation({
    operationId: "listHosts",
    method: "get",
    path: "/hosts",
    tag: "hosts",
    summary: "Lists the hosts, those that the broker does not list too",
    query: schemas.HostQuery,
    response: schemas.Hosts,
    handle: (broker, { query }) => broker.hosts.list(query),
  }),
  controlOperation({
    operationId: "addHost",
    method: "post",
    path: "/hosts",
    tag: "hosts",
    summary: "Adds a host whose agent registers at once",
    body: schemas.HostOptions.optional(),
    response: schemas.HostId,
    handle: (broker, { body }) => ({ id: broker.hosts.add(body) }),
  }),
  controlOperation({
    operationId: "getHost",
    method: "get",
    path: "/hosts/{host}",
    tag: "hosts",
    summary: "Shows a host",
    parameters: z.object({ host: text }),
    response: schemas.Host,
    handle: (broker, { parameters: { host } }) => broker.hosts.get(host),
  }),
  controlOperation({
    operationId: "changeHost",
    method: "patch",
    path: "/hosts/{host}",
    tag: "hosts",
    summary: "Changes what an option describes: its condition, hardware, system, versions, users, endpoints",
    parameters: z.object({ host: text }),
    body: schemas.HostChange,
    response: schemas.Host,
    handle({ hosts }, { parameters: { host }, body: { open, ...change } }) {
      if (open !== undefined && typeof change.closed === "boolean" && open === change.closed) {
        throw new TypeError("open and closed contradict each other: one of them is enough");
      }
      hosts.change(host, { ...change, ...(open !== undefined && { closed: !open }) });
      return hosts.get(host);
    },
  }),
  controlOperation({
    operationId: "terminateHost",
    method: "delete",
    path: "/hosts/{host}",
    tag: "hosts",
    summary: "Ends a host for good: the broker only sees that its agent is silent",
    parameters: z.object({ host: text }),
    handle: (broker, { parameters: { host } }) => broker.hosts.terminate(host),
  }),
  controlOperation({
    operationId: "rebootHost",
    method: "post",
    path: "/hosts/{host}/reboot",
    tag: "hosts",
    summary: "Restarts a host; its sessions are lost",
    parameters: z.object({ host: text }),
    body: schemas.Reboot.optional(),
    handle: (broker, { parameters: { host }, body }) => broker.hosts.reboot(host, body?.downFor),
  }),
];

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { createStage } from "./dcvkit.ts";

const FLEET = parseFleetFile(READY_FLEETS["small-lab"]);

Deno.test("dcvkit export prints a fleet file with the hosts and the sessions", async () => {
  await using stage = await createStage(FLEET);
  const { code, stdout } = await stage.dcvkit("export");
  assertEquals(code, 0);
  const copy = new MockBroker(parseFleetFile(stdout));
  const hostnames = ({ hosts }: MockBroker) => hosts.list().items.map(({ hostname }) => hostname);
  assertEquals(hostnames(copy), hostnames(stage.broker));
  const ids = ({ sessions }: MockBroker) => sessions.list().items.map(({ id, owner }) => [id, owner]);
  assertEquals(ids(copy), ids(stage.broker));
});

Deno.test("dcvkit export sends nothing but for a token and to describe servers and sessions", async () => {
  await using stage = await createStage(FLEET);
  await stage.dcvkit("export");
  await stage.dcvkit("export", "--anonymize");
  const operations = new Set(stage.broker.journal.entries().map(({ operation }) => operation));
  assertEquals([...operations].sort(), ["describeServers", "describeSessions", "token"]);
});

Deno.test("dcvkit export --anonymize names nobody", async () => {
  await using stage = await createStage(FLEET);
  const { stdout } = await stage.dcvkit("export", "--anonymize");
  for (const name of ["ana", "chloe", "gpu-01", "research", "homework", "10.0.0.1"]) {
    assert(!new RegExp(`\\b${name}\\b`).test(stdout), name);
  }
  assertStringIncludes(stdout, "Left as they were");
  assertEquals(parseFleetFile(stdout).sessions?.length, 4);
});

/**
 * Every fault of docs/faults.md, for every operation, the token endpoint and the health check, over TLS, on
 * connections that are new and that were used before, on every runtime: what the client makes of it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { CertificateAuthority } from "../../mock_broker/server/certificates.ts";
import { expectedOn, type Way } from "../fault_matrix/cells.ts";
import { type CellOutcome, type Group, isTimed, runGroup } from "../fault_matrix/run.ts";
import { runIn, RUNTIMES } from "./installation.ts";

const COMMANDS: Record<string, readonly string[]> = {
  "Deno": [Deno.execPath(), "run", "--quiet", "--no-config", "--allow-all"],
  ...RUNTIMES,
};

function waysOn(runtime: string): Way[] {
  return (["createTlsFetch()", "global fetch"] as const).flatMap((fetch) =>
    (["kept", "fresh"] as const).map((connection) => ({ runtime, fetch, connection }))
  );
}

Deno.test("each fault has the documented outcome on every runtime", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "fault_matrix_" });
  try {
    const program = `${folder}/program.mjs`;
    const source = "tests/fault_matrix/program.ts";
    await runIn(".", [
      Deno.execPath(),
      "bundle",
      "--config",
      "tools.json",
      "--quiet",
      "--platform=deno",
      "--output",
      program,
      source,
    ]);
    const authority = CertificateAuthority.create();
    const caFile = `${folder}/ca.pem`;
    await Deno.writeTextFile(caFile, authority.cert);
    for (const [runtime, command] of Object.entries(COMMANDS)) {
      // At once, since each waits for answers that never come
      await Promise.all(
        waysOn(runtime).map((way) =>
          t.step({
            name: `${runtime}, ${way.fetch}, ${way.connection} connection`,
            fn: async () => {
              await checkGroup({ ...way, command, program, authority, caFile });
            },
            sanitizeOps: false,
            sanitizeResources: false,
            sanitizeExit: false,
          })
        ),
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Calls on whose outcome time decides have a second chance, on a machine that is less busy then. */
async function checkGroup(group: Group): Promise<void> {
  const cells = await runGroup(group);
  const late = cells.filter((cell) => isTimed(cell.faultCase) && !isAsDocumented(group, cell)).map(nameOf);
  const again = late.length > 0 ? await runGroup(group, (cell) => late.includes(nameOf(cell))) : [];
  assertAsDocumented(group, [...cells.filter((cell) => !late.includes(nameOf(cell))), ...again]);
}

function isAsDocumented(way: Way, { faultCase, target, strikes, outcome }: CellOutcome): boolean {
  const { result, requests, sessions } = expectedOn(way, faultCase, target, strikes);
  return outcome.result === result && outcome.requests === requests && outcome.sessions === sessions;
}

function nameOf({ target, faultCase, strikes }: Omit<CellOutcome, "outcome">): string {
  return `${target}: ${faultCase.name}, ${strikes}`;
}

function assertAsDocumented(way: Way, cells: readonly CellOutcome[]): void {
  assertEquals(
    cells.map((cell) => ({ cell: nameOf(cell), ...cell.outcome })),
    cells.map((cell) => ({
      cell: nameOf(cell),
      ...expectedOn(way, cell.faultCase, cell.target, cell.strikes),
    })),
  );
}

/**
 * Lets schemathesis, which knows nothing of this project, look for answers that the OpenAPI files do not allow: the
 * broker's own file and the control API's. It comes from PyPI; where Python or PyPI cannot be reached, this says so.
 *
 * @module
 */

import { MockBroker, type MockBrokerServer } from "@dcvkit/mock-broker";

const SCHEMATHESIS = "schemathesis==4.32.5";

/** What each file is not asked to hold, with the reason. */
const NOT_CHECKED = {
  /** The official file leaves out what is required and how long texts are; the broker takes null for absence. */
  broker: "positive_data_acceptance,negative_data_rejection",
  /** No schema knows which host names are taken, and a host that was ended is there until its agent is missed. */
  control: "positive_data_acceptance,use_after_free",
};

const folder = await Deno.makeTempDir({ prefix: "schemathesis_" });
try {
  const program = await install();
  if (program === undefined) console.log("Not run: there is no Python with venv, or PyPI does not answer");
  else Deno.exitCode = await checkBoth(program);
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Installs schemathesis on its own; `undefined` where that cannot be done. */
async function install(): Promise<string | undefined> {
  const bin = `${folder}/${Deno.build.os === "windows" ? "Scripts" : "bin"}`;
  const steps = [["python3", "-m", "venv", folder], [`${bin}/pip`, "install", "--quiet", SCHEMATHESIS]];
  for (const step of steps) {
    const code = await run(step).catch(() => 1);
    if (code !== 0) return undefined;
  }
  return `${bin}/schemathesis`;
}

async function checkBoth(program: string): Promise<number> {
  const broker = await check(program, NOT_CHECKED.broker, async ({ url }, token) => [
    `${url}/dcv-session-manager-api.yaml`,
    `--url=${url}`,
    `--header=Authorization: Bearer ${await token()}`,
  ]);
  const control = await check(program, NOT_CHECKED.control, ({ url }) => [
    `${url}/_mock/openapi.yaml`,
    // A stream without end; what ends the server; and faults, of which some let it take no connection for a time.
    "--exclude-path-regex=^/_mock/(events|shutdown|faults)",
  ]);
  return Math.max(broker, control);
}

/** Runs schemathesis against a broker of its own, whose time stands still. */
async function check(
  program: string,
  notChecked: string,
  argsFor: (server: MockBrokerServer, token: () => Promise<string>) => string[] | Promise<string[]>,
): Promise<number> {
  const broker = new MockBroker({
    clock: "manual",
    seed: 1,
    worlds: true,
    servers: [{ hostname: "a" }, { hostname: "b", os: "windows" }],
    sessions: [{ id: "s1", owner: "ana" }],
    properties: { "max-api-requests-per-second": 1_000_000 },
  });
  await using server = await broker.listen({ port: 0, tls: false });
  const args = await argsFor(server, () => accessToken(broker));
  const seed = ["--seed=1", "--max-examples=50", "--workers=1", `--exclude-checks=${notChecked}`];
  return await run([program, "run", ...args, ...seed]);
}

async function accessToken({ fetch, url, credentials }: MockBroker): Promise<string> {
  const answer = await fetch(`${url}/oauth2/token?grant_type=client_credentials`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${credentials.clientId}:${credentials.clientSecret}`)}` },
  });
  return (await answer.json()).access_token;
}

async function run([program, ...args]: string[]): Promise<number> {
  const { code } = await new Deno.Command(program!, { args, cwd: folder }).spawn().status;
  return code;
}

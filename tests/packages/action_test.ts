/**
 * The GitHub Action that starts the mock in a job: its steps as a runner runs them, with files for the job's environment
 * and the step's outputs.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { parse } from "yaml";
import { CLIENT, MOCK_BROKER, tarball } from "../../scripts/npm/packages.ts";

const ACTION = `${Deno.cwd()}/.github/actions/mock-broker`;

interface Step {
  readonly id: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Job extends AsyncDisposable {
  readonly success: boolean;
  readonly output: string;
  /** What later steps find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the action in a job, and ends what it leaves running, as the runner does. */
async function runAction(inputs: Readonly<Record<string, string>>): Promise<Job> {
  const folder = await Deno.makeTempDir({ prefix: "action_" });
  const [step] = parse(await Deno.readTextFile(`${ACTION}/action.yml`)).runs.steps as Step[];
  const files = { GITHUB_ENV: `${folder}/env.txt`, GITHUB_OUTPUT: `${folder}/output.txt` };
  for (const file of Object.values(files)) await Deno.writeTextFile(file, "");
  const packages = [CLIENT, MOCK_BROKER].map((npmPackage) => `${Deno.cwd()}/${tarball(npmPackage)}`).join(
    " ",
  );
  const values: Readonly<Record<string, string>> = {
    version: packages,
    options: "",
    folder: `${folder}/mock`,
    ...inputs,
  };
  const env = Object.fromEntries(
    Object.entries(step!.env).map(([name, value]) => [name, values[/inputs\.(\w+)/.exec(value)![1]!]!]),
  );
  const { success, stdout, stderr } = await new Deno.Command("bash", {
    args: ["--noprofile", "--norc", "-eo", "pipefail", "-c", step!.run],
    cwd: folder,
    env: { ...env, ...files, GITHUB_ACTION_PATH: ACTION },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const job = {
    success,
    output: decoder.decode(stdout) + decoder.decode(stderr),
    env: variables(await Deno.readTextFile(files.GITHUB_ENV)),
    outputs: variables(await Deno.readTextFile(files.GITHUB_OUTPUT)),
  };
  return {
    ...job,
    async [Symbol.asyncDispose]() {
      if (job.outputs.url) await control(job.outputs, "POST", "/shutdown");
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function variables(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
  );
}

async function control(
  { url, "ca-file": caFile }: Job["outputs"],
  method: string,
  path: string,
): Promise<Response> {
  using fetch = createTlsFetch(caFile ? { ca: await Deno.readTextFile(caFile) } : {});
  const response = await fetch(`${url}/_mock${path}`, { method });
  await response.body?.cancel();
  return response;
}

Deno.test({
  name: "the action starts a broker, and later steps reach it with what is in their environment",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using job = await runAction({ options: "--fleet small-lab\n--speed 100" });
    assertEquals(job.success, true, job.output);
    const { DCV_SM_BROKER_URL: brokerUrl, DCV_SM_CA_FILE, ...credentials } = job.env;
    assertEquals(job.outputs.url, brokerUrl);
    using fetch = createTlsFetch({ ca: await Deno.readTextFile(DCV_SM_CA_FILE!) });
    const client = new SessionManagerClient({
      brokerUrl: brokerUrl!,
      ...optionsFromEnvironment(credentials),
      fetch,
    });
    const { Servers } = await client.describeServers();
    assertEquals(Servers.length, 6);
    assertMatch(job.output, new RegExp(`^::add-mask::${job.env["DCV_SM_CLIENT_PASSWORD"]}$`, "m"));
    assertEquals((await control(job.outputs, "GET", "/state")).status, 200);
  },
});

Deno.test({
  name: "the action fails with what the broker said, if it does not start",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using job = await runAction({ options: "--flet small-lab" });
    assertEquals(job.success, false);
    assertMatch(job.output, /::error::dcv-mock-broker did not start[^]*--fleet/);
    assertEquals(job.outputs, {});
  },
});

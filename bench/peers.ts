/**
 * What people use in place of a mock that knows the broker: Prism, which answers what an OpenAPI file allows, and
 * WireMock, which answers what it was told to.
 *
 * @module
 */

import { firstLine, type Target, targetAt } from "./targets.ts";

const PRISM = "@stoplight/prism-cli@5";
const WIREMOCK = "org.wiremock:wiremock-standalone:3.13.2";

/** Prism on the OpenAPI file that the mock serves. */
export async function startPrism(openApi: string, folder: string): Promise<Target> {
  const file = `${folder}/openapi.yaml`;
  await Deno.writeTextFile(file, openApi);
  const port = freePort();
  // npx starts it, and may not end it: its id does.
  const command = `echo $$; exec prism mock --port ${port} ${file} >&2`;
  const args = ["-y", "-p", PRISM, "-c", command];
  const child = new Deno.Command("npx", { args, stdout: "piped", stderr: "null" }).spawn();
  const id = Number(await firstLine(child));
  return await targetAt(port, "Bearer any", () => Deno.kill(id, "SIGKILL"), child);
}

/** WireMock with an answer, and as many requests in its journal as the mock keeps; nothing where there is no Java. */
export async function startWireMock(answer: string, folder: string): Promise<Target | undefined> {
  if (!await isThere("java", "-version") || !await isThere("mvn", "--version")) {
    console.log("There is no Java, or no Maven: without WireMock");
    return undefined;
  }
  const jar = await downloaded(WIREMOCK, folder);
  await Deno.mkdir(`${folder}/mappings`);
  const stub = {
    request: { method: "POST", urlPath: "/describeSessions" },
    response: { status: 200, headers: { "Content-Type": "application/json" }, body: answer },
  };
  await Deno.writeTextFile(`${folder}/mappings/describe_sessions.json`, JSON.stringify(stub));
  const port = freePort();
  const args = ["-jar", jar, "--port", `${port}`, "--bind-address", "127.0.0.1", "--root-dir", folder];
  const journal = ["--max-request-journal-entries", "1000", "--disable-banner"];
  const child = new Deno.Command("java", { args: [...args, ...journal], stdout: "piped", stderr: "null" })
    .spawn();
  return await targetAt(port, undefined, () => child.kill("SIGKILL"), child);
}

/** A jar from where Maven finds it. */
async function downloaded(artifact: string, folder: string): Promise<string> {
  const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
  const args = ["-q", "-B", goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  const { success, stdout } = await new Deno.Command("mvn", { args, cwd: folder }).output();
  if (!success) throw new Error(`Cannot download ${artifact}: ${new TextDecoder().decode(stdout)}`);
  const [, name, version] = artifact.split(":");
  return `${folder}/${name}-${version}.jar`;
}

async function isThere(program: string, question: string): Promise<boolean> {
  const command = new Deno.Command(program, { args: [question], stdout: "null", stderr: "null" });
  return await command.output().then(({ success }) => success, () => false);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

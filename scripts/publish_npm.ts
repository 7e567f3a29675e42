/**
 * Publishes the built tarballs to npm, with provenance; versions that are there already are left alone.
 *
 * @module
 */

import { PACKAGES, tarball } from "./npm/packages.ts";
import { NPM, run } from "./run.ts";

for (const npmPackage of PACKAGES) {
  const version = `${npmPackage.name}@${npmPackage.version}`;
  if (await isPublished(version)) console.log(`${version} is on npm already`);
  else await run(NPM, ["publish", `./${tarball(npmPackage)}`, "--access", "public", "--provenance"]);
}

/** npm knows no such package, or no such version: 404. Anything else that goes wrong must not look like it. */
async function isPublished(version: string): Promise<boolean> {
  const { success, stdout } = await new Deno.Command(NPM, { args: ["view", version, "version", "--json"] })
    .output();
  const answer = new TextDecoder().decode(stdout).trim();
  if (success) return answer !== "";
  if (JSON.parse(answer).error?.code === "E404") return false;
  throw new Error(`Cannot ask npm for ${version}: ${answer}`);
}

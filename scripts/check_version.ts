/**
 * All packages have one version: that of the root `deno.json`. The other places that name it have to agree: the
 * `deno.json` of the other packages, what the commands say with `--version`, the CHANGELOG, and on a release the tag.
 *
 * @module
 */

import { VERSION as DCVKIT_VERSION } from "../cli/version.ts";
import { VERSION as MOCK_BROKER_VERSION } from "../mock_broker/command/version.ts";
import { CLIENT, PACKAGES } from "./npm/packages.ts";

/** What the commands say of themselves. */
const COMMANDS = {
  "cli/version.ts": DCVKIT_VERSION,
  "mock_broker/command/version.ts": MOCK_BROKER_VERSION,
};

const { version } = CLIENT;
const changelog = await Deno.readTextFile("CHANGELOG.md");
const headings = [...changelog.matchAll(/^## \[?([^\]\s]+)/gm)].map((match) => match[1]!);
const tag = Deno.env.get("GITHUB_REF_TYPE") === "tag" ? Deno.env.get("GITHUB_REF_NAME") : undefined;

const problems = [
  ...PACKAGES.filter((each) => each.version !== version).map((each) =>
    `${each.source}/deno.json has ${each.version}`
  ),
  ...Object.entries(COMMANDS).filter(([, its]) => its !== version).map(([file, its]) => `${file} has ${its}`),
  ...changelogProblems(),
  ...(tag === undefined || tag === `v${version}` ? [] : [`The tag is ${tag}`]),
];
if (problems.length > 0) {
  console.error(`The version in deno.json is ${version}, but:\n${problems.join("\n")}`);
  Deno.exit(1);
}
console.log(`Version ${version} everywhere`);

/** The newest release in the CHANGELOG is this one; before the first, and only on a branch, there may be none. */
function changelogProblems(): string[] {
  const newest = headings.find((heading) => heading !== "Unreleased");
  if (newest === version) return [];
  if (newest === undefined && tag === undefined) return [];
  return [`The newest version in CHANGELOG.md is ${newest ?? "missing"}`];
}

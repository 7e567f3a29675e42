/**
 * What the registries show of the packages, and how they get there.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { CLIENT, packageJson, PACKAGES } from "../../scripts/npm/packages.ts";
import { repositoryFields, repositoryName, withAbsoluteLinks } from "../../scripts/npm/repository.ts";

/** Links and pictures that lead nowhere on a registry's page. */
const RELATIVE = /\]\((?!https?:|mailto:|#)[^)]*\)/g;

for (const npmPackage of PACKAGES) {
  const { name, source, output } = npmPackage;

  Deno.test(`the package.json of ${name} says what npm shows`, () => {
    const { description, keywords, license, engines } = packageJson(npmPackage);
    assert(String(description).length > 40);
    assert((keywords as string[]).includes("amazon-dcv"));
    assertEquals([license, engines], ["MIT", { node: ">=20.19" }]);
  });

  Deno.test(`the package.json of ${name} says where it is from, if it was built where that is known`, async () => {
    const built = JSON.parse(await Deno.readTextFile(`${output}/package.json`));
    const fields = Object.entries(repositoryFields(npmPackage)).map(([key]) => [key, built[key]]);
    assertEquals(Object.fromEntries(fields), repositoryFields(npmPackage));

    const { repository, homepage, bugs } = repositoryFields(npmPackage, "some/fork");
    const directory = source === "." ? {} : { directory: source };
    assertEquals(repository, { type: "git", url: "git+https://github.com/some/fork.git", ...directory });
    assertEquals(homepage, "https://some.github.io/fork/");
    assertEquals(bugs, "https://github.com/some/fork/issues");
  });

  Deno.test(`the README of ${name} leads somewhere from a registry, too`, async () => {
    const readme = await Deno.readTextFile(`${source}/README.md`);
    assertEquals(withAbsoluteLinks(readme, npmPackage, "some/fork").match(RELATIVE), null);
    if (repositoryName() === undefined) return;
    assertEquals((await Deno.readTextFile(`${output}/README.md`)).match(RELATIVE), null);
  });

  Deno.test(`every entry point of ${name} has documentation of its own, as JSR's score wants`, async () => {
    for (const module of [...Object.values(npmPackage.exports), ...Object.values(npmPackage.bin)]) {
      const text = await Deno.readTextFile(`${source}/${module}`);
      assertMatch(text, /^(#!.*\n)?\/\*\*\n \* [^@]+?\n( \*.*\n)*? \* @module\n/, `${source}/${module}`);
    }
  });
}

Deno.test("links to files are those of the release, and pictures are pictures", () => {
  const links = "[a](docs/a.md#b) ![c](docs/c.png) [d](https://d.example/) [e](#e)";
  const url = "https://github.com/some/fork";
  const tag = `v${CLIENT.version}`;
  assertEquals(
    withAbsoluteLinks(links, CLIENT, "some/fork"),
    `[a](${url}/blob/${tag}/docs/a.md#b) ![c](${url}/raw/${tag}/docs/c.png) [d](https://d.example/) [e](#e)`,
  );
  const [, , cli] = PACKAGES;
  assertEquals(
    withAbsoluteLinks("[a](../docs/a.md)", cli!, "some/fork"),
    `[a](${url}/blob/${tag}/docs/a.md)`,
  );
});

/** What a workflow says, as far as it is read here. */
interface Workflow {
  readonly jobs: Readonly<Record<string, { permissions?: Record<string, string>; steps?: readonly Step[] }>>;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

Deno.test("what publishes is pinned: actions, Node, Deno and the lock files", async () => {
  const text = await Deno.readTextFile(".github/workflows/release.yml");
  assertMatch(text, /^ {2}DENO_VERSION: \d+\.\d+\.\d+$/m);
  const { jobs }: Workflow = parse(text);
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  for (const { uses, run, with: inputs } of steps) {
    if (uses !== undefined) assertMatch(uses, /@[0-9a-f]{40}$/);
    if (inputs?.["node-version"]) assertMatch(String(inputs["node-version"]), /^\d+\.\d+\.\d+$/);
    for (const [, version] of run?.matchAll(/\bdeno@(\S+)/g) ?? []) assertEquals(version, "$DENO_VERSION");
  }
  for (const config of ["deno.json", "tools.json"]) {
    assertEquals(JSON.parse(await Deno.readTextFile(config)).lock.frozen, true, config);
  }
});

Deno.test("npm gets provenance: the job may ask for an identity, and publishes with it", async () => {
  const { jobs }: Workflow = parse(await Deno.readTextFile(".github/workflows/release.yml"));
  for (const name of ["npm", "jsr"]) assertEquals(jobs[name]!.permissions!["id-token"], "write");
  assertMatch(await Deno.readTextFile("scripts/publish_npm.ts"), /"publish".*"--provenance"/);
});

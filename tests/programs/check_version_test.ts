import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, normalize } from "node:path/posix";
import { PACKAGES } from "../../scripts/npm/packages.ts";
import denoJson from "../../deno.json" with { type: "json" };

const FILES = [
  ...["deno.json", "CHANGELOG.md", "scripts/check_version.ts"],
  ...["scripts/npm/packages.ts", "scripts/npm/repository.ts"],
  ...["cli/version.ts", "mock_broker/command/version.ts"],
  ...denoJson.workspace.map((member) => `${member}/deno.json`),
];

/** Runs the check on a copy of the files that it reads, some of them changed. */
async function checkVersion(
  changes: Record<string, (text: string) => string>,
  env: Record<string, string> = { GITHUB_REF_TYPE: "branch" },
): Promise<{ code: number; output: string }> {
  const folder = await Deno.makeTempDir({ prefix: "check_version_" });
  try {
    for (const file of FILES) {
      const text = await Deno.readTextFile(file);
      await Deno.mkdir(`${folder}/${dirname(file)}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${file}`, changes[normalize(file)]?.(text) ?? text);
    }
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--no-lock", "scripts/check_version.ts"],
      cwd: folder,
      env,
    }).output();
    const decoder = new TextDecoder();
    return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const setVersion = (version: string) => (text: string) =>
  text.replace(/"version": ".+"/, `"version": "${version}"`);

/** Of every package. */
const allAt = (version: string) => ({
  ...Object.fromEntries(
    PACKAGES.map(({ source }) => [normalize(`${source}/deno.json`), setVersion(version)]),
  ),
  "cli/version.ts": () => `export const VERSION = "${version}";\n`,
  "mock_broker/command/version.ts": () => `export const VERSION = "${version}";\n`,
});

Deno.test("the version check passes where all packages and the newest release in the CHANGELOG agree", async () => {
  const { code, output } = await checkVersion({
    ...allAt("7.0.0"),
    "CHANGELOG.md": () => "# Changelog\n\n## Unreleased\n\n## 7.0.0\n\n## 6.0.0\n",
  });
  assertEquals([code, output.trim()], [0, "Version 7.0.0 everywhere"]);
});

Deno.test("the version check names a package, a CHANGELOG and a tag that disagree", async () => {
  const { code, output } = await checkVersion(
    {
      ...allAt("7.0.0"),
      "mock_broker/deno.json": setVersion("7.0.1"),
      "CHANGELOG.md": () => "# Changelog\n\n## [6.0.0] - 2026-01-01\n",
    },
    { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v7.0.2" },
  );
  assertEquals(code, 1);
  assertStringIncludes(output, "The version in deno.json is 7.0.0, but:");
  assertStringIncludes(output, "mock_broker/deno.json has 7.0.1");
  assertStringIncludes(output, "The newest version in CHANGELOG.md is 6.0.0");
  assertStringIncludes(output, "The tag is v7.0.2");
});

Deno.test("the version check lets no tag pass before its release is in the CHANGELOG", async () => {
  const changes = {
    ...allAt("7.0.0"),
    "CHANGELOG.md": () => "# Changelog\n\n## Unreleased\n",
  };
  assertEquals((await checkVersion(changes)).code, 0);
  const tagged = await checkVersion(changes, { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v7.0.0" });
  assertEquals(tagged.code, 1);
  assertStringIncludes(tagged.output, "The newest version in CHANGELOG.md is missing");
});

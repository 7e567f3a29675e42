/**
 * Where a package comes from: the repository on GitHub that it is built in, be it a fork. Elsewhere nothing is known.
 *
 * @module
 */

import { join } from "node:path/posix";
import type { NpmPackage } from "./packages.ts";

/** The owner's name and that of the repository, as GitHub tells its workflows: `owner/name`. */
export function repositoryName(): string | undefined {
  return Deno.env.get("GITHUB_REPOSITORY");
}

/** What package.json says of it. npm takes a provenance statement only for the repository that the workflow runs in. */
export function repositoryFields(
  { source }: NpmPackage,
  name: string | undefined = repositoryName(),
): Record<string, unknown> {
  if (name === undefined) return {};
  const [owner, repository] = name.split("/");
  return {
    homepage: `https://${owner}.github.io/${repository}/`,
    bugs: `https://github.com/${name}/issues`,
    repository: {
      type: "git",
      url: `git+https://github.com/${name}.git`,
      ...(source !== "." && { directory: source }),
    },
  };
}

/** A link or picture in Markdown that names a file of the repository. */
const LINK = /(!?)\[([^\]]*)\]\((?!https?:|mailto:|#)([^)\s]+)\)/g;

/** A text of the package's folder, with links that lead to the same files from anywhere, as they were at its release. */
export function withAbsoluteLinks(
  text: string,
  { source, version }: NpmPackage,
  name: string | undefined = repositoryName(),
): string {
  if (name === undefined) return text;
  return text.replace(LINK, (_link, mark: string, words: string, path: string) => {
    const kind = mark === "!" ? "raw" : "blob";
    return `${mark}[${words}](https://github.com/${name}/${kind}/v${version}/${join(source, path)})`;
  });
}

/**
 * Links between pages, which are written for readers of the repository.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path/posix";

/** Where pages of the repository are on the site, if not where they lie under docs/. */
const PAGES: Readonly<Record<string, string>> = {
  "README.md": "index.md",
  "CHANGELOG.md": "project/changelog.md",
  "CONTRIBUTING.md": "project/contributing.md",
};

/** A link or picture in Markdown that names a file: `[words](path#anchor)`. */
const LINK = /(!?)\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)/g;

/** The text with links that lead to the same pages on the site; of what is not on it, the words are left. */
export function linkWithinSite(text: string, source: string, page: string): string {
  return text.replace(LINK, (_link, mark: string, words: string, path: string, anchor: string = "") => {
    const target = onSite(normalize(join(dirname(source), path)));
    if (target === undefined) return words;
    const way = relative(dirname(page), target);
    return `${mark}[${words}](${way.startsWith(".") ? way : `./${way}`}${anchor})`;
  });
}

function onSite(file: string): string | undefined {
  if (file in PAGES) return PAGES[file];
  if (file.startsWith("docs/")) return file.slice("docs/".length);
  if (/^examples\/[^/]+\.ts$/.test(file)) return `${file}.md`;
  return recipeOnSite(file);
}

/** A recipe is named by its folder, or by the README in it. */
function recipeOnSite(file: string): string | undefined {
  const [, name] = /^examples\/(\w+)(?:\/README\.md)?$/.exec(file) ?? [];
  return name !== undefined && existsSync(`examples/${name}/README.md`) ? `examples/${name}.md` : undefined;
}

/**
 * Links within a built site.
 *
 * @module
 */

import { dirname, join, normalize } from "node:path/posix";

/** The links whose page is not there, or has nothing with the name behind the `#`. */
export async function brokenAnchors(folder: string): Promise<string[]> {
  const pages = await readPages(folder);
  return [...pages].flatMap(([page, html]) =>
    linksIn(html).filter((link) => !leadsSomewhere(link, page, pages)).map((link) => `${page}: ${link}`)
  );
}

async function readPages(folder: string, below = ""): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    const path = `${below}${name}`;
    if (isDirectory) { for (const page of await readPages(folder, `${path}/`)) pages.set(...page); }
    else pages.set(path, name.endsWith(".html") ? await Deno.readTextFile(`${folder}/${path}`) : "");
  }
  return pages;
}

function linksIn(html: string): string[] {
  const links = [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href]) =>
    href!.replaceAll("&amp;", "&")
  );
  return links.filter((href) => !/^(https?:|mailto:)/.test(href));
}

function leadsSomewhere(link: string, page: string, pages: ReadonlyMap<string, string>): boolean {
  const [path = "", anchor] = link.split("#");
  const html = path === "" ? pages.get(page) : pageAt(path, page, pages);
  if (html === undefined) return false;
  return !anchor || html.includes(`id="${decodeURIComponent(anchor)}"`);
}

/** The page that a path leads to: its ending is left out, and so is the name of a folder's first page. */
function pageAt(path: string, page: string, pages: ReadonlyMap<string, string>): string | undefined {
  const base = Deno.env.get("SITE_BASE") ?? "/";
  const absolute = path.startsWith("/") ? path.slice(base.length) : normalize(join(dirname(page), path));
  const target = absolute.replace(/^\.\/?|\/$/g, "");
  const candidates = [target, `${target}.html`, target === "" ? "index.html" : `${target}/index.html`];
  return candidates.map((candidate) => pages.get(candidate)).find((html) => html !== undefined);
}

/**
 * Where a person ends up who types no more than the broker's address: on the page.
 *
 * @module
 */

const PAGE = "/_mock/console";

/**
 * Leads to the page from `/_mock`, and browsers also from `/`, where a broker has nothing; `undefined` for everything
 * else. `path` is the path within the broker's world.
 */
export function wayToPage({ method, headers, url }: Request, path: string): Response | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  const isForBrowsers = path === "/" && /\btext\/html\b/i.test(headers.get("Accept") ?? "");
  if (!isForBrowsers && path !== "/_mock" && path !== "/_mock/") return undefined;
  const { pathname } = new URL(url);
  const world = pathname.endsWith(path) ? pathname.slice(0, -path.length) : pathname;
  return new Response(null, {
    status: 302,
    headers: { "Location": world + PAGE, "Vary": "Accept", "Cache-Control": "no-store" },
  });
}

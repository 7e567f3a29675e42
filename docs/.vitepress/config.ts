/**
 * The documentation as a site: `deno task docs` builds it.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { type DefaultTheme, defineConfig } from "vitepress";

/** GitHub Pages serves a repository under its name. */
const base = process.env.SITE_BASE ?? "/";

/** The repository that the site is built in, be it a fork. */
const repository = process.env.GITHUB_REPOSITORY;

const GUIDES: DefaultTheme.SidebarItem[] = [
  {
    text: "Begin",
    items: [
      { text: "What this is", link: "/" },
      { text: "Who talks to whom", link: "/glossary" },
      { text: "Recipes", link: "/recipes" },
      { text: "Moving from another client", link: "/moving" },
      { text: "What else there is", link: "/comparison" },
      { text: "Questions that people ask", link: "/questions" },
    ],
  },
  {
    text: "Client",
    items: [
      { text: "Authenticating", link: "/authentication" },
      { text: "HTTPS to the broker", link: "/tls" },
      { text: "Errors and retries", link: "/errors_and_retries" },
      { text: "Lists and waiting", link: "/lists_and_waiting" },
      { text: "Sharing a session", link: "/sharing" },
    ],
  },
  {
    text: "Mock broker",
    items: [
      { text: "Testing your program", link: "/testing" },
      { text: "Tests in Python and Java", link: "/python_and_java" },
      { text: "Testing a portal end to end", link: "/end_to_end" },
      { text: "The command", link: "/command" },
      { text: "Containers and GitHub Actions", link: "/containers" },
      { text: "The fleet file", link: "/fleet_file" },
      { text: "Breaking the mock", link: "/faults" },
      { text: "Would twelve hosts do?", link: "/capacity" },
      { text: "What your program does wrong", link: "/advice" },
      { text: "The page", link: "/console" },
      { text: "The control API", link: "/control_api" },
      { text: "Permissions of Deno and Node", link: "/permissions_of_programs" },
      { text: "Fidelity", link: "/fidelity" },
    ].filter(({ link }) => isPage(link)),
  },
  {
    text: "dcvkit",
    items: [{ text: "A day with dcvkit", link: "/dcvkit" }].filter(({ link }) => isPage(link)),
  },
  {
    text: "Project",
    items: [
      { text: "Changelog", link: "/project/changelog" },
      { text: "Contributing", link: "/project/contributing" },
    ].filter(({ link }) => isPage(link)),
  },
];

export default defineConfig({
  title: "dcvkit",
  description: "Drive Amazon DCV sessions from TypeScript, and test the programs that do",
  base,
  cleanUrls: true,
  lastUpdated: false,
  head: [["link", { rel: "icon", href: `${base}images/icon.svg`, type: "image/svg+xml" }]],
  themeConfig: {
    logo: "/images/icon.svg",
    nav: [
      { text: "Guides", link: "/authentication" },
      { text: "API", link: "/api/session-manager/" },
      { text: "Fidelity", link: "/fidelity" },
    ],
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: {
      "/": GUIDES,
      "/api/": [
        { text: "@dcvkit/session-manager", collapsed: false, items: api("session-manager") },
        { text: "@dcvkit/mock-broker", collapsed: false, items: api("mock-broker") },
      ],
    },
    ...(repository !== undefined && {
      socialLinks: [{ icon: "github", link: `https://github.com/${repository}` }],
    }),
    footer: { message: "MIT license. Not affiliated with Amazon." },
  },
});

function isPage(link: string): boolean {
  return existsSync(new URL(`..${link}.md`, import.meta.url));
}

/** What the API generator says of its pages. */
function api(name: string): DefaultTheme.SidebarItem[] {
  const path = new URL(`../api/${name}/typedoc-sidebar.json`, import.meta.url);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
}

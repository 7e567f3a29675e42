import { Installation } from "./installation.ts";

/** What people send through who need a proxy, or had it before Node had a `fetch`. */
const FETCHES = `
import { type Fetch, SessionManagerClient } from "@dcvkit/session-manager";
import nodeFetch from "node-fetch";
import { fetch as undiciFetch, ProxyAgent } from "undici";

const dispatcher = new ProxyAgent("http://proxy:3128");
export const fetches: Fetch[] = [
  fetch,
  nodeFetch,
  undiciFetch,
  (url, init) => undiciFetch(url, { ...init, dispatcher }),
  (url: string, init: RequestInit) => fetch(url, init),
  (input: string | URL | Request, init?: RequestInit) => fetch(input, init),
];
export const client = new SessionManagerClient({ brokerUrl: "https://broker:8443", fetch: undiciFetch });

// @ts-expect-error: no answer comes of it
export const none: Fetch = () => "no answer";
`;

/** With the types of web pages, and with those of Node alone. */
const LIBRARIES = [["es2022", "dom"], ["es2022", "esnext.disposable"]];

Deno.test("the type Fetch takes undici's, node-fetch's and the global one", async (t) => {
  const packages = ["typescript@5.9", "@types/node@20", "node-fetch@3", "undici@7"];
  await using installation = await Installation.create(...packages);
  await installation.write("fetches.ts", FETCHES);
  for (const lib of LIBRARIES) {
    await t.step(lib.join(", "), async () => {
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        module: "nodenext",
        target: "es2022",
        lib,
        types: ["node"],
        skipLibCheck: true, // Where the types of others disagree is their business
        noEmit: true,
      };
      await installation.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["fetches.ts"] }));
      await installation.run(["node", "node_modules/typescript/bin/tsc", "--project", "."]);
    });
  }
});

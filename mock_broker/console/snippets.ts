/**
 * First programs against this broker, to be copied.
 *
 * @module
 */

/** Where the CA certificate is taken to be, once it is downloaded. */
export const CA_FILE = "mock-broker-ca.pem";

/** What a program needs to know. */
export interface Connection {
  readonly url: string;
  readonly clientId: string;
  /** Words in its place as long as it is not to be shown. */
  readonly clientSecret: string;
  /** Whether the broker shows a certificate of the mock's own authority. */
  readonly hasOwnCa: boolean;
}

/** A program, or what one reads. */
export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** All of them. Those that are programs take the credentials from the environment, so that none holds a secret. */
export function snippets(connection: Connection): Snippet[] {
  return [
    { id: "environment", title: "Environment", text: environment(connection) },
    { id: "typescript", title: "TypeScript", text: typescript(connection) },
    { id: "curl", title: "curl", text: curl(connection) },
    { id: "python", title: "Python", text: python(connection) },
  ];
}

function environment({ url, clientId, clientSecret, hasOwnCa }: Connection): string {
  return lines(
    `export DCV_SM_BROKER_URL='${url}'`,
    `export DCV_SM_CLIENT_ID='${quoted(clientId)}'`,
    `export DCV_SM_CLIENT_PASSWORD='${quoted(clientSecret)}'`,
    hasOwnCa && `export DCV_SM_CA_FILE='${CA_FILE}'`,
  );
}

function quoted(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

function typescript({ url, hasOwnCa }: Connection): string {
  return lines(
    hasOwnCa && `import { readFile } from "node:fs/promises";`,
    `import { SessionManagerClient } from "@dcvkit/session-manager";`,
    `import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";`,
    hasOwnCa && `import { createTlsFetch } from "@dcvkit/session-manager/tls";`,
    "",
    "const client = new SessionManagerClient({",
    `  brokerUrl: "${url}",`,
    "  ...optionsFromEnvironment(),",
    hasOwnCa && `  fetch: createTlsFetch({ ca: await readFile("${CA_FILE}", "utf8") }),`,
    "});",
    "const session = await client.createSession({",
    `  Name: "desktop",`,
    `  Owner: "ana",`,
    `  Type: "VIRTUAL",`,
    "});",
    "await client.waitForSession(session.Id);",
    "console.log(await client.getSession(session.Id));",
  );
}

function curl({ url, hasOwnCa }: Connection): string {
  const command = hasOwnCa ? `curl -sS --cacert ${CA_FILE}` : "curl -sS";
  return lines(
    `token=$(${command} -X POST -u "$DCV_SM_CLIENT_ID:$DCV_SM_CLIENT_PASSWORD" \\`,
    `  '${url}/oauth2/token?grant_type=client_credentials' |`,
    `  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `${command} -X POST '${url}/describeSessions' \\`,
    `  -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{}'`,
  );
}

function python({ url, hasOwnCa }: Connection): string {
  const context = hasOwnCa ? ", context=tls" : "";
  return lines(
    "import base64, json, os, urllib.request",
    hasOwnCa && "import ssl",
    "",
    `broker = "${url}"`,
    hasOwnCa && `tls = ssl.create_default_context(cafile="${CA_FILE}")`,
    `user = os.environ["DCV_SM_CLIENT_ID"] + ":" + os.environ["DCV_SM_CLIENT_PASSWORD"]`,
    "",
    "",
    "def post(path, body, authorization):",
    `    headers = {"Authorization": authorization, "Content-Type": "application/json"}`,
    `    request = urllib.request.Request(broker + path, body.encode(), headers, method="POST")`,
    `    with urllib.request.urlopen(request${context}) as answer:`,
    "        return json.load(answer)",
    "",
    "",
    `basic = "Basic " + base64.b64encode(user.encode()).decode()`,
    `token = post("/oauth2/token?grant_type=client_credentials", "", basic)["access_token"]`,
    `print(post("/describeSessions", "{}", "Bearer " + token)["Sessions"])`,
  );
}

function lines(...texts: (string | false)[]): string {
  return texts.filter((text) => text !== false).join("\n");
}

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { type BrokerOptions, BrokerUnderTest } from "../../cli/contract/broker_under_test.ts";
import { FIDELITY_ROWS as rows } from "../../cli/contract/fidelity_rows.ts";
import { toMarkdown } from "../../cli/contract/report.ts";
import { runContract, SECTIONS } from "../../cli/contract/run_contract.ts";
import { parseFidelityPage } from "../../scripts/fidelity_page.ts";

Deno.test("the rows that are shipped are those of docs/fidelity.md: `deno task fidelity` writes them", async () => {
  assertEquals(rows, parseFidelityPage(await Deno.readTextFile("docs/fidelity.md")));
});

/** Rows of which a check is at hand, and one that can only be seen from inside. */
const FEW_ROWS = [
  { section: "Authorization", behaviour: "Its status is 401", confidence: "guessed" },
  { section: "Requests as a whole", behaviour: "No CORS headers", confidence: "guessed" },
  { section: "Restart", behaviour: "API clients survive", confidence: "guessed" },
];

function askable(options: Partial<BrokerOptions> = {}): { broker: MockBroker; asked: BrokerUnderTest } {
  const broker = new MockBroker({
    servers: [{ hostname: "linux-1", tags: { ram: "4gb" }, ec2: false }],
    clock: { speed: 1000 },
  });
  const { url, credentials, fetch } = broker;
  const asked = { url, credentials, fetch, owner: "ana", wait: { minDelay: 5 }, ...options };
  return { broker, asked: new BrokerUnderTest(asked) };
}

Deno.test("every check of the contract belongs to a row of docs/fidelity.md", () => {
  for (const { section, checks } of SECTIONS) {
    for (const behaviour of Object.keys(checks)) {
      const belongs = rows.some((row) => row.section === section && row.behaviour === behaviour);
      assert(belongs, `No row in section ${section}: ${behaviour}`);
    }
  }
});

Deno.test("the mock keeps the contract, and no session is left behind", async () => {
  const { asked } = askable({ host: "linux-1" });
  const findings = await runContract(asked, rows);

  const count = SECTIONS.reduce((sum, { checks }) => sum + Object.keys(checks).length, 0);
  assertEquals(findings.filter(({ detail }) => detail !== undefined), []);
  assertEquals(findings.filter(({ outcome }) => outcome === "same").length, count);
  const { Sessions } = (await asked.call<{ Sessions: { State: string }[] }>("describeSessions", {})).body;
  assertEquals(new Set(Sessions!.map(({ State }) => State)), new Set(["DELETED"]));
});

Deno.test("a broker that does otherwise is reported as different, with what was found", async () => {
  const { broker, asked } = askable({
    fetch: async (input, init) => {
      const response = await broker.fetch(input, init);
      return new Response(response.body, { status: response.status === 401 ? 403 : response.status });
    },
  });
  const [status, cors, restart] = await runContract(asked, FEW_ROWS);
  assertEquals([status!.outcome, cors!.outcome, restart!.outcome], ["different", "same", "not testable"]);
  assertStringIncludes(status!.detail!, "403");
  const report = { version: "1.2.3", isReadOnly: false, findings: [status!, cors!, restart!] };
  assertStringIncludes(toMarkdown(report), "1 same, 1 different, 1 not testable");
});

Deno.test("a broker that cannot be reached is reported as not testable, and why", async () => {
  const { asked } = askable({ fetch: () => Promise.reject(new TypeError("Connection refused")) });
  const [status, cors] = await runContract(asked, FEW_ROWS);
  for (const { outcome, detail } of [status!, cors!]) {
    assertEquals(outcome, "not testable");
    assertStringIncludes(detail!, "Connection refused");
  }
});

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MockBroker } from "@dcvkit/mock-broker";
import { FleetFileError, parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
import { stringify } from "yaml";

const KEYS = [
  [
    "servers",
    "sessions",
    "clients",
    "properties",
    "timings",
    "faults",
    "clock",
    "seed",
    "worlds",
    "__proto__",
  ],
  [
    "hostname",
    "os",
    "tags",
    "count",
    "cpus",
    "gpus",
    "ec2",
    "maxVirtualSessions",
    "owner",
    "server",
    "state",
  ],
  ["clientId", "clientSecret", "operation", "fault", "type", "status", "speed", "$schema", "<<"],
].flat();

const scalar = fc.oneof(
  fc.constantFrom("linux", "windows", "a", "gpu-{n}", "READY", "manual", "4gb", "reset", "", null, true),
  fc.constantFrom(0, 1, -1, 3, 0.5, 1e300, 503),
  fc.jsonValue({ maxDepth: 1 }),
);

const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("node"), { maxKeys: 4 }),
  ),
}));

/** Signs that mean something to YAML, between texts that do not. */
const yamlish = fc.array(
  fc.oneof(
    fc.constantFrom(
      "\n",
      "  ",
      "- ",
      ": ",
      "&a ",
      "*a ",
      "!!str ",
      "{",
      "}",
      "[",
      "]",
      "|\n",
      "#",
      "---\n",
      "\t",
    ),
    fc.constantFrom(...KEYS),
    fc.string({ maxLength: 3 }),
  ),
  { maxLength: 30 },
).map((parts) => parts.join(""));

const fleetFile = fc.oneof(
  fc.dictionary(fc.constantFrom(...KEYS.slice(0, 10)), node, { maxKeys: 4 }).map((world) => stringify(world)),
  node.map((world) => JSON.stringify(world)),
  yamlish,
  fc.string(),
);

Deno.test("a fleet file is one that a broker can be made of, or is refused by line and column", () => {
  fc.assert(
    fc.property(fleetFile, (text) => {
      let options;
      try {
        options = parseFleetFile(text);
      } catch (error) {
        if (!(error instanceof FleetFileError)) throw error;
        assert(error.problems.length > 0);
        for (const { line, column, message } of error.problems) {
          assert(line >= 1 && column >= 1 && message !== "", error.message);
        }
        return;
      }
      new MockBroker({ ...options, clock: "manual" }).advance(60_000);
    }),
    { numRuns: 2_000 },
  );
});

const propertyName = fc.constantFrom(
  "enable-authorization",
  "session-screenshot-format",
  "session-screenshot-max-width",
  "max-api-requests-per-second",
  "delete-session-duration-seconds",
  "client-to-broker-connector-https-port",
  "broker-to-broker-bind-host",
  "no-such-property",
  "__proto__",
);

const propertyLine = fc.tuple(
  propertyName,
  fc.constantFrom("=", " = ", ":", " ", "\\\n  ", ""),
  fc.oneof(
    fc.constantFrom("true", "false", "png", "0", "-1", "1e9", "8443", "0x10", "\\u00e4", "\\u12"),
    fc.string(),
  ),
).map((parts) => parts.join(""));

const propertiesFile = fc.array(fc.oneof(propertyLine, fc.string(), fc.constantFrom("# note", "! note", "")))
  .map((lines) => lines.join("\n"));

Deno.test("a properties file is taken, or is refused as a wrong option", () => {
  fc.assert(
    fc.property(propertiesFile, (properties) => {
      try {
        new MockBroker({ properties, clock: "manual" }).advance(60_000);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        assert(/propert|option/i.test(error.message), error.message);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("a merge key that takes over something else than a mapping is refused where it stands", () => {
  for (const source of ["0", "linux", "[{}, 1]", "*name"]) {
    const text = `properties: { x: &name a }\nservers:\n  - hostname: a\n    <<: ${source}\n`;
    const { problems: [problem] } = assertThrows(() => parseFleetFile(text), FleetFileError);
    assertEquals([problem!.line, problem!.column], [4, 5], source);
    assertStringIncludes(problem!.message, "must be a mapping");
  }
});

Deno.test("properties that are no mapping are refused where they stand", () => {
  for (const properties of ["", "[a]", "5", "{ enable-gateway: [] }"]) {
    const text = `seed: 1\nproperties: ${properties}\n`;
    const { problems: [problem] } = assertThrows(() => parseFleetFile(text), FleetFileError);
    assertEquals(problem!.line, 2, properties);
  }
});

import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";

import {
  MAX_NESTING,
  parseRequirements,
  RequirementsError,
  type RequirementsHost,
  SERVER_PROPERTIES,
} from "../../mock_broker/simulation/requirements.ts";

interface HostFacts {
  tags?: Record<string, string>;
  properties?: Record<string, string | number>;
}

function host({ tags = {}, properties = {} }: HostFacts): RequirementsHost {
  return {
    tag: (key) => Object.hasOwn(tags, key) ? tags[key] : undefined,
    property: (path) => Object.hasOwn(properties, path) ? properties[path] : undefined,
  };
}

const LINUX: RequirementsHost = host({
  tags: { color: "pink", n: "10", empty: "", "dcv:max-virtual-sessions": "10" },
  properties: {
    "Id": "c2VydmVyLTE=",
    "Host.Os.Family": "linux",
    "Host.CpuInfo.NumberOfCpus": 16,
    "Host.Memory.TotalBytes": 2_048_000_000,
    "Host.CpuLoadAverage.OneMinute": 0.25,
  },
});

function matches(expression: string, on: RequirementsHost = LINUX): boolean {
  return parseRequirements(expression).matches(on);
}

function rejection(expression: string): RequirementsError {
  return assertThrows(() => parseRequirements(expression), RequirementsError);
}

Deno.test("parseRequirements() takes the absence of an expression as no requirement", () => {
  for (const blank of [null, undefined, "", "   ", "\t\r\n"]) {
    const requirements = parseRequirements(blank);
    assertEquals(requirements.expression, null);
    assertEquals(requirements.equalTerms, []);
    assert(requirements.matches(host({})));
  }
});

Deno.test("parseRequirements() accepts what AWS's tests and documentation accept", () => {
  const accepted = [
    "tag:color = 'pink' and (server:Host.Os.Family = 'windows' or tag:color := 'red')",
    "server:Host.Aws.Ec2InstanceType := 't2' and server:Host.CpuInfo.NumberOfCpus >= 2",
    "server:Host.Memory.TotalBytes > 1024E6",
    "tag:os = 'windows' and server:Host.Memory.TotalBytes > 1024",
    "tag:test = 1",
    "tag:a='o''neil'",
    "not tag:a = 'x'",
    "NOT (tag:a='x' OR tag:b='y')",
    "tag:dcv:max-virtual-sessions = '10'",
    "(server:Host.Os.Family = 'windows' and (server:Host.Aws.Ec2InstanceId = 'i-1' or " +
    "server:Host.Aws.Ec2InstanceId = 'i-2') and (server:Host.CpuInfo.NumberOfCpus = 4))",
    "tag:idea_session_id='x'",
    "tag:test > 'test'",
  ];
  for (const expression of accepted) assert(parseRequirements(expression).expression, expression);
});

Deno.test("parseRequirements() rejects what AWS's tests and grammar reject, and says where", () => {
  const rejected: Record<string, string> = {
    "test": 'Encountered "test" at line 1, column 1',
    "any free text": 'Encountered "any" at line 1, column 1',
    "tag:test := 1": "Unexpected CONTAINS operator at line 1, column 10",
    "(tag:test = 1": "Encountered the end of the expression at line 1, column 14",
    "tag:test = 1)": 'Encountered ")" at line 1, column 13',
    "tag:test > 'test')": 'Encountered ")" at line 1, column 18',
    "tag:test >= 'test')": 'Encountered ")" at line 1, column 19',
    "tag:test <= 'test')": 'Encountered ")" at line 1, column 19',
    "tag:test < 'test')": 'Encountered ")" at line 1, column 18',
    "server:test = 'test'": "Server property server:test not found at line 1, column 1",
    "server:Host.Os.Family = test": 'Encountered "test" at line 1, column 25',
    "server:": 'Encountered "server:" at line 1, column 1',
    "tag:": 'Encountered "tag:" at line 1, column 1',
    "server:Host.Aws.EC2InstanceId = 'i-1'": "Server property server:Host.Aws.EC2InstanceId not found",
    "tag:my-tag = 'x'": 'Encountered "-tag" at line 1, column 7',
    "not not tag:a = 1": 'Encountered "tag:a" at line 1, column 9',
    "'x' = tag:a": `Encountered "'x'" at line 1, column 1`,
    "tag:a == 'x'": 'Encountered "=" at line 1, column 8',
    "tag:a <> 'x'": 'Encountered ">" at line 1, column 8',
    "tag:a in ('x')": 'Encountered "in" at line 1, column 7',
  };
  for (const [expression, words] of Object.entries(rejected)) {
    assertStringIncludes(rejection(expression).message, words);
  }
});

Deno.test("parseRequirements() knows exactly the documented server properties", () => {
  for (const path of Object.keys(SERVER_PROPERTIES)) {
    assert(parseRequirements(`server:${path} = 'x'`).expression, path);
  }
  const unknown = [
    "Ip",
    "DefaultDnsName",
    "Availability",
    "VirtualSessionCount",
    "Tag.instance",
    "id",
    "constructor",
    "Host.Os",
  ];
  for (const path of unknown) {
    assertStringIncludes(
      rejection(`server:${path} = 'x'`).message,
      `Server property server:${path} not found`,
    );
  }
});

Deno.test("parseRequirements() points to the property that was meant if only its case is wrong", () => {
  assertEquals(rejection("server:Host.Aws.EC2InstanceId = 'i-1'").expected, [
    "server:Host.Aws.Ec2InstanceId",
  ]);
  assertEquals(rejection("server:Host.Aws.InstanceId = 'i-1'").expected, []);
});

Deno.test("parseRequirements() reports position, finding and expectation apart from the message", () => {
  const error = rejection("tag:a = 1 and\r\n  (tag:b 'x')");
  assertEquals([error.name, error.offset, error.line, error.column], ["RequirementsError", 24, 2, 10]);
  assertEquals(error.found, "'x'");
  assertEquals(error.expected, ["=", "!=", ":=", ">", ">=", "<", "<="]);
  assertEquals(
    error.message,
    `Encountered "'x'" at line 2, column 10, expected one of =, !=, :=, >, >=, <, <=`,
  );
  assertEquals(rejection("tag:a").found, "");
});

Deno.test("parseRequirements() reports the first of several errors", () => {
  assertStringIncludes(rejection("tag:a := 1 and server:x = 1 and )").message, "CONTAINS");
  assertStringIncludes(rejection("server:x = 1 and tag:a := 1").message, "server:x not found");
  assertStringIncludes(rejection("tag:a = 1 and ) or server:x = 1").message, 'Encountered ")"');
});

Deno.test("parseRequirements() keeps its message short whatever was sent", () => {
  for (const expression of ["x".repeat(1e5), `server:${"X".repeat(1e5)} = 1`, `'${"x".repeat(1e5)}'`]) {
    assert(rejection(expression).message.length < 300);
  }
});

Deno.test("parseRequirements() quotes 64 characters of what it found, and says where it left out the rest", () => {
  const [whole, cut] = [64, 65].map((length) => `server:${"x".repeat(length - "server:".length)}`);
  assertStringIncludes(rejection(`${whole} = 1`).message, `Server property ${whole} not found`);
  assertStringIncludes(rejection(`${cut} = 1`).message, `Server property ${whole}... not found`);
});

Deno.test("':=' takes no number, unless a known server property stands before it", () => {
  assert(matches("server:Host.CpuInfo.NumberOfCpus := 6"));
  assertFalse(matches("server:Host.CpuInfo.NumberOfCpus := 4"));
  assertStringIncludes(rejection("tag:a := 1").message, "Unexpected CONTAINS operator");
  assertEquals(rejection("tag:a := 1").expected, ["=", "!=", ">", ">=", "<", "<="]);
  assertStringIncludes(rejection("server:test := 1").message, "Unexpected CONTAINS operator");
  assertStringIncludes(rejection("server:test := 'x'").message, "Server property server:test not found");
});

Deno.test("NOT binds tighter than AND, AND tighter than OR", () => {
  const yes = "tag:color = 'pink'";
  const no = "tag:color = 'red'";
  assert(matches(`${yes} or ${no} and ${no}`));
  assertFalse(matches(`(${yes} or ${no}) and ${no}`));
  assert(matches(`${no} and ${no} or ${yes}`));
  assert(matches(`not ${no} or ${yes} and ${no}`));
  assertFalse(matches(`not ${yes} and ${no}`));
  assert(matches(`not (${yes} and ${no})`));
  assertFalse(matches(`not (not ${no})`));
});

Deno.test("Keywords may be written in any case, prefixes and properties may not", () => {
  assert(matches("tag:color = 'red' oR nOt tag:color = 'red' AnD tag:n = '10'"));
  for (
    const expression of ["TAG:a = 1", "Server:Id = 'x'", "server:ID = 'x'", "server:host.Os.Family = 'x'"]
  ) {
    rejection(expression);
  }
});

Deno.test("White space is optional around operators, allowed between all words, never inside a key", () => {
  assert(matches("not(tag:color='red')and tag:color='pink'or\ttag:n=10"));
  assert(matches("\r\n tag:color\n=\t'pink' "));
  assert(matches("nottag:color='red'andtag:color='pink'"));
  for (const expression of ["tag: a = 1", "tag :a = 1", "server:Host .Os.Family = 'x'", "tag:a : = 'x'"]) {
    rejection(expression);
  }
  for (const space of ["\f", "\v", "\u00a0"]) rejection(`tag:a${space}= 1`);
});

Deno.test("A tag key is an identifier, or the dcv: form that may hold a hyphen", () => {
  const accepted = ["tag:_a1 = 1", "tag:A_b = 1", "tag:dcv:0-_ = 1", "tag:dcv = 1", "tag:dcv:='1'"];
  for (const expression of accepted) assert(parseRequirements(expression).expression, expression);
  const rejected = [
    "tag:1a = 1",
    "tag:a.b = 1",
    "tag:a:b = 1",
    "tag:dcv: = 1",
    "tag:DCV:a-b = 1",
    "tag:é = 1",
  ];
  for (const expression of rejected) rejection(expression);
});

Deno.test("A property path is letters and digits between points", () => {
  for (const key of ["server:.Id", "server:Id.", "server:Host..Os", "server:1d", "server:Host_Os"]) {
    rejection(`${key} = 'x'`);
  }
});

Deno.test("A text may be empty, hold any character, and doubles its quotes", () => {
  const texts = [
    "",
    "o'neil",
    "'",
    "''",
    "line\nbreak\r\n\ttab",
    "\u0000\u00a0é漢😀",
    'say "hi" (not) or 1 = 1',
  ];
  for (const text of texts) {
    const quoted = `'${text.replaceAll("'", "''")}'`;
    assert(matches(`tag:a = ${quoted}`, host({ tags: { a: text } })), quoted);
  }
  for (const literal of ["'", "'x", "'x''", "'o'neil'", '"x"']) rejection(`tag:a = ${literal}`);
});

Deno.test("A number has digits on both sides of its point, a sign and an exponent if it likes", () => {
  const two = host({ tags: { a: "2" } });
  for (const literal of ["2", "+2", "2.0", "002", "2e0", "0.2E1", "20e-1", "+0.002e+3"]) {
    assert(matches(`tag:a = ${literal}`, two), literal);
  }
  assert(matches("tag:a > -1", two));
  for (const literal of [".5", "1.", "1e", "1e+", "- 1", "0x10", "1_000", "Infinity", "NaN", "1,5"]) {
    rejection(`tag:a = ${literal}`);
  }
});

Deno.test("A bare AND, OR or NOT before an operator is the key of a tag", () => {
  const odd = host({ tags: { and: "x", OR: "y", not: "z" } });
  assert(matches("and = 'x'", odd));
  assert(matches("and = 'x' and OR = 'y' and not = 'z'", odd));
  assertFalse(matches("not not = 'z'", odd));
  assertFalse(matches("not and = 'x' or or = 'y'", odd));
  for (const expression of ["and", "not", "and and = 'x'", "or or", "not not not = 'z'"]) {
    rejection(expression);
  }
});

Deno.test("A text is compared as text, by UTF-16 code unit, case counting", () => {
  assert(matches("tag:color = 'pink' and tag:color != 'Pink' and tag:color != 'red'"));
  assertFalse(matches("tag:color = 'PINK'"));
  assert(
    matches("tag:color > 'Pink' and tag:color >= 'pink' and tag:color < 'pinl' and tag:color <= 'pink'"),
  );
  assertFalse(matches("tag:color > 'pink'"));
  assertFalse(matches("tag:color < 'pink'"));
  assert(matches("tag:n < '4'"), "the text 10 comes before the text 4");
  assert(
    matches("tag:a < '\u{ffff}'", host({ tags: { a: "\u{1f600}" } })),
    "a surrogate comes before U+FFFF",
  );
  assert(matches("server:Host.CpuInfo.NumberOfCpus = '16'"));
  assertFalse(matches("server:Host.CpuInfo.NumberOfCpus = '16.0'"));
});

Deno.test("':=' is true where the text contains the literal", () => {
  for (const part of ["", "p", "in", "pink"]) assert(matches(`tag:color := '${part}'`), part);
  for (const part of ["IN", "pinky", "ki"]) assertFalse(matches(`tag:color := '${part}'`), part);
  assert(matches("tag:empty := ''"));
  assertFalse(matches("tag:missing := ''"));
});

Deno.test("A number is compared as a number with what is one", () => {
  assert(
    matches("tag:n > 4 and tag:n >= 10 and tag:n <= 1e1 and tag:n < 10.5 and tag:n = 10 and tag:n != 4"),
  );
  assertFalse(matches("tag:n < 4"));
  assertFalse(matches("tag:n > 10"));
  assertFalse(matches("tag:n != 10"));
  assert(matches("server:Host.CpuInfo.NumberOfCpus > 4 and server:Host.CpuLoadAverage.OneMinute < 0.5"));
  assert(matches("server:Host.Memory.TotalBytes > 1024E6 and server:Host.Memory.TotalBytes = 2.048e9"));
});

Deno.test("A comparison without a value to compare is false, and != is true", () => {
  for (const key of ["tag:missing", "server:Host.Aws.Ec2InstanceId", "tag:toString"]) {
    for (const operator of ["=", "<", "<=", ">", ">="]) {
      assertFalse(matches(`${key} ${operator} 1`));
      assertFalse(matches(`${key} ${operator} ''`));
      assert(matches(`not ${key} ${operator} 1`));
    }
    assert(matches(`${key} != 1 and ${key} != ''`));
  }
  for (const value of ["pink", "", " 10", "0x10", ".5", "1e", "Infinity"]) {
    const tagged = host({ tags: { a: value } });
    for (const operator of ["=", "<", "<=", ">", ">="]) {
      assertFalse(matches(`tag:a ${operator} 0`, tagged), value);
    }
    assert(matches("tag:a != 0", tagged), value);
  }
});

Deno.test("equalTerms are the texts without which no host matches", () => {
  const id = { subject: { kind: "property", path: "Id" }, value: "s-1" };
  const color = { subject: { kind: "tag", key: "color" }, value: "pink" };
  const cases: [string, unknown[]][] = [
    ["server:Id = 's-1'", [id]],
    ["server:Id = 's-1' and tag:n > 4 and (tag:a = 1 and (tag:color = 'pink'))", [id, color]],
    ["server:Id = 's-1' or tag:color = 'pink'", []],
    ["(server:Id = 's-1' or tag:a = 'x') and tag:color = 'pink'", [color]],
    ["not (server:Id = 's-1' and tag:color = 'pink')", []],
    ["not server:Id = 's-1' and tag:color = 'pink'", [color]],
    ["tag:color != 'pink' and tag:color := 'pink' and tag:n = 10", []],
  ];
  for (const [expression, terms] of cases) {
    assertEquals<unknown>(parseRequirements(expression).equalTerms, terms, expression);
  }
});

Deno.test("The tree keeps grouping and loses parentheses", () => {
  const a = { type: "comparison", subject: { kind: "tag", key: "a" }, operator: "=", value: 1 };
  const b = { type: "comparison", subject: { kind: "tag", key: "b" }, operator: ":=", value: "x" };
  assertEquals<unknown>(parseRequirements("((tag:a = 1)) or not (tag:b := 'x' and tag:a = 1)").expression, {
    type: "or",
    operands: [a, { type: "not", operand: { type: "and", operands: [b, a] } }],
  });
});

Deno.test("Parentheses nest to a limit, and beyond it fail like any other error", () => {
  function nested(depth: number, before = "("): string {
    return `${before.repeat(depth)}tag:color = 'pink'${")".repeat(depth)}`;
  }
  assert(matches(nested(MAX_NESTING)));
  assert(matches(nested(MAX_NESTING, "tag:color = 'red' or not (")));
  assert(matches(Array(1000).fill(nested(1)).join(" and ")), "groups side by side are not nested");
  assertStringIncludes(rejection(nested(MAX_NESTING + 1)).message, "nested more than 256 deep");
  for (const flood of ["(".repeat(100_000), nested(100_000), "not (".repeat(100_000)]) {
    assertStringIncludes(rejection(flood).message, "nested more than 256 deep");
  }
});

Deno.test("Length alone is no error", () => {
  assert(matches(Array(20_000).fill("tag:color = 'pink'").join(" and ")));
  assert(matches(`tag:color != '${"''".repeat(200_000)}'`));
});

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  all,
  any,
  not,
  REQUIREMENT_OPERATORS,
  type RequirementOperator,
  server,
  SERVER_PROPERTIES,
  tag,
} from "../../src/requirements.ts";

Deno.test("tag() compares a tag with quoted text", () => {
  assertEquals(tag("color", "=", "pink"), "tag:color = 'pink'");
  assertEquals(tag("color", ":=", "in"), "tag:color := 'in'");
  assertEquals(tag("_1", "!=", ""), "tag:_1 != ''");
});

Deno.test("tag() doubles the quotes within a value", () => {
  assertEquals(tag("irish_name", "=", "o'neil"), "tag:irish_name = 'o''neil'");
  assertEquals(tag("a", "=", "x' or tag:a != 'x"), "tag:a = 'x'' or tag:a != ''x'");
});

Deno.test("tag() leaves numbers unquoted", () => {
  assertEquals(tag("ram_gb", ">=", 4), "tag:ram_gb >= 4");
  assertEquals(tag("ram_gb", "<", -2.5), "tag:ram_gb < -2.5");
  assertEquals(tag("ram_gb", "<", 1e21), "tag:ram_gb < 1e+21");
});

Deno.test("tag() takes the broker's own tags, which may hold a hyphen", () => {
  assertEquals(tag("dcv:max-virtual-sessions", "=", "10"), "tag:dcv:max-virtual-sessions = '10'");
});

Deno.test("tag() refuses keys that the grammar cannot hold", () => {
  for (
    const key of [
      "",
      "my-tag",
      "my.tag",
      "1st",
      "a b",
      "a:b",
      "aws:name",
      "dcv:",
      "é",
      "a\n",
      "a = 'x' or tag:b",
    ]
  ) {
    assertThrows(
      () => tag(key, "=", "x"),
      TypeError,
      `Requirements cannot name the tag ${JSON.stringify(key)}`,
    );
  }
});

Deno.test("server() compares a property of the server", () => {
  assertEquals(
    server("Host.Aws.Ec2InstanceId", "=", "i-0123456789abcdef0"),
    "server:Host.Aws.Ec2InstanceId = 'i-0123456789abcdef0'",
  );
  assertEquals(
    server("Host.Memory.TotalBytes", ">", 1024e6),
    "server:Host.Memory.TotalBytes > 1024000000",
  );
});

Deno.test("server() refuses a property that the broker does not compare", () => {
  for (const property of ["Ip", "Availability", "Host.Gpus", "Id = 'x' or server:Id", ""]) {
    assertThrows(
      // @ts-expect-error only known properties are typed
      () => server(property, "=", "x"),
      TypeError,
      `Requirements cannot name the server property ${JSON.stringify(property)}: known are Id, Hostname,`,
    );
  }
});

Deno.test("server() knows what was meant by the spelling of DescribeServers", () => {
  assertThrows(
    // @ts-expect-error DescribeServers spells it EC2, expressions do not
    () => server("Host.Aws.EC2InstanceId", "=", "i-1"),
    TypeError,
    "did you mean Host.Aws.Ec2InstanceId?",
  );
});

Deno.test("tag() and server() refuse an operator that is none", () => {
  for (const operator of ["==", "<>", "in", "= 'x' or tag:b ="]) {
    // @ts-expect-error only known operators are typed
    assertThrows(() => tag("a", operator, "x"), TypeError, `cannot compare by ${JSON.stringify(operator)}`);
    // @ts-expect-error only known operators are typed
    assertThrows(() => server("Id", operator, "x"), TypeError, "use one of = != := > >= < <=");
  }
});

Deno.test("tag() and server() refuse := with a number", () => {
  assertThrows(() => tag("a", ":=", 4), TypeError, "text only: tag:a := 4");
  assertThrows(() => server("Host.CpuInfo.NumberOfCpus", ":=", 4), TypeError, "text only");
});

Deno.test("tag() and server() refuse values that are neither text nor finite numbers", () => {
  for (const value of [NaN, Infinity, -Infinity, undefined, null, true, ["x"]]) {
    assertThrows(
      // @ts-expect-error only text and numbers are typed
      () => tag("a", "=", value),
      TypeError,
      `text or a finite number: tag:a was given ${value}`,
    );
  }
});

Deno.test("all() and any() group what they are given", () => {
  const [a, b, c] = [tag("a", "=", 1), tag("b", "=", 2), tag("c", "=", 3)];
  assertEquals(all(a, any(b, c)), "(tag:a = 1) and ((tag:b = 2) or (tag:c = 3))");
  assertEquals(any(all(a, b), c), "((tag:a = 1) and (tag:b = 2)) or (tag:c = 3)");
});

Deno.test("all() and any() of one expression are that expression", () => {
  assertEquals(all(tag("a", "=", 1)), "tag:a = 1");
  assertEquals(any(tag("a", "=", 1)), "tag:a = 1");
});

Deno.test("all() leaves blank expressions out, and requires nothing of nothing", () => {
  assertEquals(all("", tag("a", "=", 1), "  "), "tag:a = 1");
  assertEquals(all(), "");
});

Deno.test("any() refuses what would require nothing", () => {
  assertThrows(() => any(), TypeError, "any() needs at least one expression");
  assertThrows(() => any(tag("a", "=", 1), " "), TypeError, "any() needs at least one expression");
});

Deno.test("not() negates a group, since the grammar has no not not", () => {
  assertEquals(not(tag("a", "=", 1)), "not (tag:a = 1)");
  assertEquals(not(not(tag("a", "=", 1))), "not (not (tag:a = 1))");
  assertThrows(() => not(" "), TypeError, "not() needs an expression");
});

Deno.test("Whatever the values, the expression means what it was built from", () => {
  fc.assert(fc.property(requirement(), (built) => {
    assertEquals(parse(build(built)), built);
  }));
});

/** What an expression is built from, and what the grammar must read back. */
type Requirement =
  | { key: string; operator: RequirementOperator; value: string | number }
  | { every: Requirement[] }
  | { some: Requirement[] }
  | { negated: Requirement };

function requirement(): fc.Arbitrary<Requirement> {
  const word = fc.stringMatching(/^[A-Za-z_][A-Za-z_0-9]*$/);
  const key = fc.oneof(
    word.map((name) => `tag:${name}`),
    fc.stringMatching(/^[A-Za-z0-9_-]+$/).map((name) => `tag:dcv:${name}`),
    fc.constantFrom(...SERVER_PROPERTIES).map((property) => `server:${property}`),
  );
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[' ()=\n]*$/));
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const plain = { noNullPrototype: true };
  const term = fc.oneof(
    fc.record({ key, operator: fc.constantFrom(...REQUIREMENT_OPERATORS), value: text }, plain),
    fc.record({ key, operator: fc.constantFrom("=", "!=", ">", ">=", "<", "<="), value: number }, plain),
  );
  const { node } = fc.letrec<{ node: Requirement }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      term,
      fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map((every) => ({ every })),
      fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map((some) => ({ some })),
      tie("node").map((negated) => ({ negated })),
    ),
  }));
  return node;
}

function build(from: Requirement): string {
  if ("every" in from) return all(...from.every.map(build));
  if ("some" in from) return any(...from.some.map(build));
  if ("negated" in from) return not(build(from.negated));
  const { key, operator, value } = from;
  if (key.startsWith("tag:")) return tag(key.slice("tag:".length), operator, value);
  return server(key.slice("server:".length) as typeof SERVER_PROPERTIES[number], operator, value);
}

/** Reads an expression by the grammar of AWS's validator, independently of how it was written. */
function parse(expression: string): Requirement {
  const token =
    /[ \t\n\r]*(?:(tag:dcv:[A-Za-z0-9_-]+|tag:[A-Za-z_]\w*|server:[A-Za-z0-9.]+)|(:=|!=|[<>]=?|=)|('(?:[^']|'')*')|([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([()]|and|or|not))/y;
  const tokens: { key?: string; operator?: string; value?: string | number; word?: string }[] = [];
  for (let at = 0; at < expression.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(expression);
    if (!match) throw new SyntaxError(`Unexpected input at ${at}: ${expression}`);
    const [, key, operator, quoted, number, word] = match;
    if (key) tokens.push({ key });
    else if (operator) tokens.push({ operator });
    else if (quoted) tokens.push({ value: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (number) tokens.push({ value: Number(number) });
    else tokens.push({ word: word! });
  }
  const whole = alternatives();
  assertEquals(tokens, []);
  return whole;

  function accept(word: string): boolean {
    if (tokens[0]?.word !== word) return false;
    tokens.shift();
    return true;
  }
  function group(): Requirement {
    const inner = alternatives();
    assertEquals(accept(")"), true);
    return inner;
  }
  function alternatives(): Requirement {
    const some = [conjunction()];
    while (accept("or")) some.push(conjunction());
    return some.length === 1 ? some[0]! : { some };
  }
  function conjunction(): Requirement {
    const every = [factor()];
    while (accept("and")) every.push(factor());
    return every.length === 1 ? every[0]! : { every };
  }
  function factor(): Requirement {
    if (accept("(")) return group();
    if (accept("not")) return { negated: accept("(") ? group() : comparison() };
    return comparison();
  }
  function comparison(): Requirement {
    const [{ key } = {}, { operator } = {}, { value } = {}] = tokens.splice(0, 3);
    if (key === undefined || operator === undefined || value === undefined) {
      throw new SyntaxError(`Expected a key, an operator and a value: ${expression}`);
    }
    return { key, operator: operator as RequirementOperator, value };
  }
}

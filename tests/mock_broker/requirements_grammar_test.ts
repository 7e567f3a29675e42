/**
 * Derives expressions from the grammar and judges them a second time, in other ways than the parser does: what
 * an expression means is put together along with its text, and whether one is accepted is a rewriting of its
 * row of tokens.
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  parseRequirements,
  RequirementsError,
  type RequirementsHost,
  SERVER_PROPERTIES,
} from "../../mock_broker/simulation/requirements.ts";

interface Sample {
  text: string;
  holds(host: RequirementsHost): boolean;
}

const TAGS = ["a", "b", "_c", "dcv:max-virtual-sessions"];
const PROPERTIES = [
  "Id",
  "Host.Os.Family",
  "Host.CpuInfo.NumberOfCpus",
  "Host.CpuLoadAverage.OneMinute",
] as const;
const VALUES = ["", "a", "A", "ab", "o'neil", "4", "04", "10", "1e1", "-2.5", ".5", "\u{1f600}", "\uffff"];
const SIGNS: Record<string, number[]> = {
  "=": [0],
  "!=": [-1, 1],
  ">": [1],
  ">=": [0, 1],
  "<": [-1],
  "<=": [-1, 0],
};

function signOf(found: string | number, wanted: string | number): number | undefined {
  if (typeof wanted === "string") {
    const text = `${found}`;
    return text === wanted ? 0 : [wanted, text].sort()[0] === text ? -1 : 1;
  }
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(`${found}`)) return undefined;
  return Math.sign(parseFloat(`${found}`) - wanted);
}

function judge(found: string | number | undefined, operator: string, wanted: string | number): boolean {
  if (operator === ":=") return found !== undefined && `${found}`.indexOf(`${wanted}`) >= 0;
  const sign = found === undefined ? undefined : signOf(found, wanted);
  return sign === undefined ? operator === "!=" : SIGNS[operator]!.includes(sign);
}

const space = fc.constantFrom("", " ", "\n", "\t \r");
const gap = fc.constantFrom(" ", "\r\n", " \t ");
const text = fc.constantFrom(...VALUES).map((value) => ({
  written: `'${value.split("'").join("''")}'`,
  value,
}));
const number = fc.constantFrom("4", "+4", "10.0", "1E1", "-2.5", "0", "25e-2").map((written) => ({
  written,
  value: parseFloat(written),
}));

function cased(word: string): fc.Arbitrary<string> {
  return fc.constantFrom(word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1));
}

const comparison: fc.Arbitrary<Sample> = fc
  .record({
    tagged: fc.boolean(),
    tag: fc.constantFrom(...TAGS),
    property: fc.constantFrom(...PROPERTIES),
    operator: fc.constantFrom(":=", ...Object.keys(SIGNS)),
    literal: fc.oneof(text, number),
    before: space,
    after: space,
  })
  .filter(({ tagged, operator, literal }) =>
    !(tagged && operator === ":=" && typeof literal.value === "number")
  )
  .map(({ tagged, tag, property, operator, literal, before, after }) => ({
    text: `${tagged ? `tag:${tag}` : `server:${property}`}${before}${operator}${after}${literal.written}`,
    holds: (host) => judge(tagged ? host.tag(tag) : host.property(property), operator, literal.value),
  }));

function joined(part: fc.Arbitrary<Sample>, word: "and" | "or"): fc.Arbitrary<Sample> {
  return fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), gap, cased(word))
    .map(([parts, around, written]) => ({
      text: parts.map(({ text }) => text).join(`${around}${written}${around}`),
      holds: (host) => {
        const held = parts.filter((sample) => sample.holds(host)).length;
        return word === "and" ? held === parts.length : held > 0;
      },
    }));
}

function negated(part: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.tuple(part, cased("not"), space).map(([{ text, holds }, not, after]) => ({
    text: `${not}${after}${text}`,
    holds: (host) => !holds(host),
  }));
}

const { requirements } = fc.letrec<{ requirements: Sample; operand: Sample; group: Sample }>((tie) => ({
  group: fc.tuple(tie("requirements"), space).map(([{ text, holds }, inside]) => ({
    text: `(${inside}${text}${inside})`,
    holds,
  })),
  operand: fc.oneof({ maxDepth: 4 }, comparison, negated(comparison), tie("group"), negated(tie("group"))),
  requirements: joined(joined(tie("operand"), "and"), "or"),
}));

const host: fc.Arbitrary<RequirementsHost> = fc
  .record({
    tags: fc.dictionary(fc.constantFrom(...TAGS), fc.constantFrom(...VALUES)),
    properties: fc.record<Record<string, string | number>>({
      "Id": fc.constantFrom(...VALUES),
      "Host.Os.Family": fc.constantFrom("a", "ab", "4"),
      "Host.CpuInfo.NumberOfCpus": fc.constantFrom(4, 10),
      "Host.CpuLoadAverage.OneMinute": fc.constantFrom(0.25, 4),
    }, { requiredKeys: [] }),
  })
  .map(({ tags, properties }) => ({
    tag: (key) => tags[key],
    property: (path) => properties[path],
    // What a counterexample shows.
    [fc.toStringMethod]: () => fc.stringify({ tags, properties }),
  }));

const LETTERS: [letter: string, token: RegExp][] = [
  ["T", /^tag:dcv:[\w-]+/],
  ["T", /^tag:[A-Za-z_]\w*/],
  ["S", /^server:[A-Za-z][A-Za-z\d]*(\.[A-Za-z][A-Za-z\d]*)*/],
  ["A", /^and/i],
  ["O", /^or/i],
  ["N", /^not/i],
  ["C", /^:=/],
  ["=", /^(!=|>=|<=|=|>|<)/],
  ["'", /^'([^']|'')*'/],
  ["1", /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?/i],
  ["(", /^\(/],
  [")", /^\)/],
  ["", /^[ \t\r\n]+/],
];

function recognises(expression: string): boolean {
  if (/^\s*$/.test(expression)) return true;
  let letters = "";
  for (let rest = expression; rest !== "";) {
    const match = LETTERS.find(([, token]) => token.test(rest));
    if (!match) return false;
    const [letter, token] = match;
    const text = token.exec(rest)![0];
    letters += letter === "S" && !Object.keys(SERVER_PROPERTIES).includes(text.slice(7)) ? "U" : letter;
    rest = rest.slice(text.length);
  }
  let row = letters.replace(/([TAON](=['1]|C')|S[=C]['1])/g, "t").replace(/N?t/g, "x");
  for (let before = ""; before !== row;) {
    before = row;
    row = row.replace(/N?\(x([AO]x)*\)/g, "x");
  }
  return /^x([AO]x)*$/.test(row);
}

function accepts(expression: string): boolean {
  try {
    parseRequirements(expression);
    return true;
  } catch (error) {
    if (error instanceof RequirementsError) return false;
    throw error;
  }
}

Deno.test("Expressions derived from the grammar are accepted and mean what their parts mean", () => {
  fc.assert(
    fc.property(requirements, host, ({ text, holds }, on) => {
      assertEquals(parseRequirements(text).matches(on), holds(on));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("A host that matches meets each of the equalTerms", () => {
  fc.assert(
    fc.property(requirements, host, ({ text }, on) => {
      const parsed = parseRequirements(text);
      fc.pre(parsed.matches(on));
      for (const { subject, value } of parsed.equalTerms) {
        assertEquals(`${subject.kind === "tag" ? on.tag(subject.key) : on.property(subject.path)}`, value);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("Expressions with one character changed are accepted exactly where the grammar allows them", () => {
  const character = fc.oneof(
    fc.constantFrom(..."()'=!:<>.+-_ \n\t019eEaAnNdDoOrRtTgsvIx"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(requirements, fc.nat(), fc.nat(2), character, ({ text }, position, kind, inserted) => {
      const at = position % (text.length + 1);
      const kept = kind === 0 ? at : at + 1;
      const mutated = text.slice(0, at) + (kind === 1 ? "" : inserted) + text.slice(kept);
      assertEquals(accepts(mutated), recognises(mutated), mutated);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("Words in any order are accepted exactly where the grammar allows them", () => {
  const word = fc.constantFrom(
    ...["tag:a", "server:Id", "server:X", "=", ":=", ">", "'x'", "1", "(", ")", "and", "or", "not"],
  );
  const phrase = fc.constantFrom("tag:a = 1", "not", "and", "or", "(", ")", "not = 'x'", "server:Id := 1");
  fc.assert(
    fc.property(fc.array(fc.oneof(word, phrase), { maxLength: 9 }), fc.boolean(), (words, spaced) => {
      const text = words.join(spaced ? " " : "");
      assertEquals(accepts(text), recognises(text), text);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("Any text at all is accepted or is a RequirementsError with a position inside it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      try {
        parseRequirements(text);
      } catch (error) {
        assert(error instanceof RequirementsError);
        assert(error.offset >= 0 && error.offset <= text.length && error.line >= 1 && error.column >= 1);
        assert(text.startsWith(error.found, error.offset));
      }
    }),
    { numRuns: 2000 },
  );
});

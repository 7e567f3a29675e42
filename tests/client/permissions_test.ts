import { assertEquals, assertThrows } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import fc from "fast-check";
import {
  decodePermissions,
  encodePermissions,
  formatPermissions,
  parsePermissions,
  PERMISSION_FEATURES,
  type PermissionActor,
  type PermissionMember,
  type Permissions,
  shareWith,
  unknownFeatures,
  VIEW_FEATURES,
} from "../../src/permissions.ts";

/** The examples of the administrator guide, put together. */
const GUIDE_TEXT = String.raw`#import c:\Program Files\NICE\DCV\dcv-permissions.file
#import ../more.perm

[groups]
my-group=john, jane, corp\ann, group:observers, osgroup:guests

[aliases]
file-management=file-upload, file-download, clipboard-management

[permissions]
john allow display file-upload file-download
group:observers deny audio-in audio-out clipboard-management
osgroup:guests disallow clipboard-management file-management
%any% disallow printer
%owner% allow builtin
`;

const GUIDE: Permissions = {
  imports: ["c:\\Program Files\\NICE\\DCV\\dcv-permissions.file", "../more.perm"],
  groups: {
    "my-group": [
      { user: "john" },
      { user: "jane" },
      { user: "corp\\ann" },
      { group: "observers" },
      { osgroup: "guests" },
    ],
  },
  aliases: { "file-management": ["file-upload", "file-download", "clipboard-management"] },
  permissions: [
    { actor: { user: "john" }, rule: "allow", features: ["display", "file-upload", "file-download"] },
    {
      actor: { group: "observers" },
      rule: "deny",
      features: ["audio-in", "audio-out", "clipboard-management"],
    },
    {
      actor: { osgroup: "guests" },
      rule: "disallow",
      features: ["clipboard-management", "file-management"],
    },
    { actor: "%any%", rule: "disallow", features: ["printer"] },
    { actor: "%owner%", rule: "allow", features: ["builtin"] },
  ],
};

Deno.test("formatPermissions() writes imports, groups, aliases and rules as the guide shows them", () => {
  assertEquals(formatPermissions(GUIDE), GUIDE_TEXT);
});

Deno.test("formatPermissions() leaves out the sections that are empty, but for the rules", () => {
  assertEquals(formatPermissions({ permissions: [] }), "[permissions]\n");
  assertEquals(
    formatPermissions({ imports: [], groups: {}, aliases: {}, permissions: [] }),
    "[permissions]\n",
  );
});

Deno.test("formatPermissions() refuses names that would begin a rule, a comment, a section or another word", () => {
  const names = [
    "",
    "bob\n%any% allow builtin",
    "bob\r%any%",
    "bob\u2028%any%",
    "bob\x85%any%",
    "bob allow builtin",
    "bob\tallow",
    "bob\u00a0smith",
    "bob\0",
    "bob,eve",
    "a=b",
    "group:admins",
    "osgroup:wheel",
    "%any%",
    "%owner%",
    "#bob",
    ";bob",
    "[permissions]",
    "\ud800",
  ];
  for (const name of names) {
    const actors: PermissionActor[] = [{ user: name }, { group: name }, { osgroup: name }];
    for (const actor of actors) {
      assertThrows(
        () => formatPermissions({ permissions: [{ actor, rule: "allow", features: ["display"] }] }),
        TypeError,
        JSON.stringify(name),
      );
    }
    assertThrows(
      () => formatPermissions({ permissions: [{ actor: "%any%", rule: "allow", features: [name] }] }),
      TypeError,
      "the feature name",
    );
    assertThrows(
      () => formatPermissions({ groups: { [name]: [{ user: "bob" }] }, permissions: [] }),
      TypeError,
      "the group name",
    );
    assertThrows(
      () => formatPermissions({ groups: { guests: [{ user: name }] }, permissions: [] }),
      TypeError,
      "the user name",
    );
    assertThrows(
      () => formatPermissions({ aliases: { [name]: ["display"] }, permissions: [] }),
      TypeError,
      "the alias name",
    );
  }
});

Deno.test("formatPermissions() refuses an import that is no path on one line", () => {
  for (const path of ["", " ", "a\nb", "a\r\n[permissions]", " a", "a ", "a\u2028b"]) {
    assertThrows(
      () => formatPermissions({ imports: [path], permissions: [] }),
      TypeError,
      "cannot import from",
    );
  }
});

Deno.test("formatPermissions() refuses rules, groups and aliases about nothing", () => {
  assertThrows(
    () => formatPermissions({ permissions: [{ actor: { user: "bob" }, rule: "allow", features: [] }] }),
    TypeError,
    "The rule for bob is empty",
  );
  assertThrows(
    () => formatPermissions({ groups: { g: [] }, permissions: [] }),
    TypeError,
    "The group g is empty",
  );
  assertThrows(
    () => formatPermissions({ aliases: { a: [] }, permissions: [] }),
    TypeError,
    "The alias a is empty",
  );
});

Deno.test("formatPermissions() refuses a rule that is none", () => {
  assertThrows(
    // @ts-expect-error only allow, disallow and deny are typed
    () => formatPermissions({ permissions: [{ actor: "%any%", rule: "permit", features: ["display"] }] }),
    TypeError,
    'A rule is one of allow, disallow, deny: got "permit"',
  );
});

Deno.test("formatPermissions() does not guess what kind of member a string is", () => {
  assertThrows(
    // @ts-expect-error a string might be meant as a user or as a group
    () => formatPermissions({ permissions: [{ actor: "bob", rule: "allow", features: ["display"] }] }),
    TypeError,
    'Expected { user }, { group } or { osgroup }: got "bob"',
  );
});

Deno.test("parsePermissions() reads what the guide shows", () => {
  assertEquals(parsePermissions(GUIDE_TEXT), GUIDE);
});

Deno.test("parsePermissions() takes comments, tabs, blank lines, Windows line ends and user: prefixes", () => {
  const text = [
    "\ufeff; a comment",
    "# another",
    "#important, but no import",
    "[groups]",
    "  g = user:john ,jane",
    "",
    "[permissions]",
    "user:john\tallow  display file-upload\t\t\t",
    "; %any% allow builtin",
  ].join("\r\n");
  assertEquals(parsePermissions(text), {
    imports: [],
    groups: { g: [{ user: "john" }, { user: "jane" }] },
    aliases: {},
    permissions: [{ actor: { user: "john" }, rule: "allow", features: ["display", "file-upload"] }],
  });
});

Deno.test("parsePermissions() puts sections of the same name together", () => {
  const text = "[permissions]\na allow display\n[aliases]\nx=display\n[permissions]\nb deny x\n";
  assertEquals(parsePermissions(text).permissions, [
    { actor: { user: "a" }, rule: "allow", features: ["display"] },
    { actor: { user: "b" }, rule: "deny", features: ["x"] },
  ]);
});

Deno.test("parsePermissions() says which line it cannot read, and what would stand there", () => {
  const cases: [text: string, line: number, expected: string][] = [
    ["bob allow display", 1, "expected #import <path> or a section, got "],
    ["#import", 1, "expected #import <path> or a section"],
    ["[permission]", 1, "expected #import <path> or a section"],
    ["[groups]\n\nguests", 3, "expected a new group: <name>=<member>, <member> ..."],
    ["[groups]\nguests=", 2, "expected a new group"],
    ["[groups]\nguests=bob,,eve", 2, "expected a new group"],
    ["[groups]\nguests=bob=eve", 2, "expected a new group"],
    ["[groups]\nguests=bob\nguests=eve", 3, "expected a new group"],
    ["[groups]\nguests=john smith", 2, "expected a new group"],
    ["[groups]\n=bob", 2, "expected a new group"],
    ["[aliases]\nx=display printer", 2, "expected a new alias: <name>=<feature>, <feature> ..."],
    ["[permissions]\nbob allow", 2, "expected <actor> allow|disallow|deny <feature> <feature> ..."],
    ["[permissions]\nbob permit display", 2, 'got "bob permit display"'],
    ["[permissions]\nbob Allow display", 2, "expected <actor>"],
    ["[permissions]\n%guest% allow display", 2, "expected <actor>"],
    ["[permissions]\ngroup: allow display", 2, "expected <actor>"],
    ["[permissions]\nbob allow display, printer", 2, "expected <actor>"],
    ["[permissions]\n#import late.perm", 2, "expected <actor>"],
  ];
  for (const [text, line, expected] of cases) {
    const { message } = assertThrows(() => parsePermissions(text), SyntaxError, expected);
    assertEquals(message.startsWith(`Cannot read line ${line} of the permissions file: `), true, message);
  }
});

Deno.test("parsePermissions() reads back what formatPermissions() wrote, for any permissions", () => {
  fc.assert(fc.property(anyPermissions(anyName()), (permissions) => {
    assertEquals(parsePermissions(formatPermissions(permissions)), permissions);
  }));
});

Deno.test("formatPermissions() either refuses what it is given or writes just that, whatever the names", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[ \n\r\t\v\f%:=,#;[\]a]{0,6}$/),
    fc.constantFrom("x\n%any% allow builtin", "\u2028", "\x85", "%any%", "group:x", "__proto__"),
  );
  fc.assert(
    fc.property(anyPermissions(fc.oneof(hostile, anyName())), (permissions) => {
      let text;
      try {
        text = formatPermissions(permissions);
      } catch (error) {
        assertEquals(error instanceof TypeError, true);
        return;
      }
      assertEquals(parsePermissions(text), permissions);
      const rules = text.slice(text.indexOf("[permissions]\n")).split(/[\n\v\f\r\x85\u2028\u2029]/).slice(
        1,
        -1,
      );
      assertEquals(rules.length, permissions.permissions.length);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("encodePermissions() is base64 of the UTF-8 text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const encoded = encodePermissions(text);
    assertEquals(encoded, encodeBase64(text));
    assertEquals(decodePermissions(encoded), text);
  }));
});

Deno.test("encodePermissions() takes permissions as well as text", () => {
  assertEquals(decodePermissions(encodePermissions(GUIDE)), GUIDE_TEXT);
});

Deno.test("encodePermissions() takes a file as long as they come", () => {
  const text = "ä".repeat(200_000);
  assertEquals(decodePermissions(encodePermissions(text)), text);
});

Deno.test("decodePermissions() refuses what is not base64 of UTF-8", () => {
  const notUtf8 = "/w==";
  for (const encoded of ["*", "/etc/dcv/default.perm", notUtf8]) {
    assertThrows(() => decodePermissions(encoded), TypeError, "it is not base64 of UTF-8 text");
  }
});

Deno.test("shareWith() gives the owner everything and each guest what is listed", () => {
  const text = formatPermissions(shareWith({ bob: VIEW_FEATURES, "corp\\eve": ["display", "keyboard"] }));
  assertEquals(
    text,
    "[permissions]\n%owner% allow builtin\nbob allow display pointer audio-out\n" +
      "corp\\eve allow display keyboard\n",
  );
});

Deno.test("shareWith() shares with nobody if there are no guests", () => {
  assertEquals(formatPermissions(shareWith({})), "[permissions]\n%owner% allow builtin\n");
});

Deno.test("shareWith() cannot be made to share with everyone", () => {
  for (const guest of ["%any%", "osgroup:users", "bob\n%any%"]) {
    assertThrows(() => encodePermissions(shareWith({ [guest]: VIEW_FEATURES })), TypeError, "the user name");
  }
});

Deno.test("unknownFeatures() is empty for every feature that the guide lists, and for aliases", () => {
  const permissions: Permissions = {
    aliases: { all: PERMISSION_FEATURES },
    permissions: [{ actor: "%any%", rule: "allow", features: ["all", ...PERMISSION_FEATURES] }],
  };
  assertEquals(unknownFeatures(permissions), []);
});

Deno.test("unknownFeatures() names what it does not know once, from aliases too", () => {
  assertEquals(unknownFeatures(GUIDE), ["clipboard-management"]);
  assertEquals(
    unknownFeatures({
      aliases: { a: ["pirnter"] },
      permissions: [{ actor: "%any%", rule: "allow", features: ["hologram", "pirnter"] }],
    }),
    ["pirnter", "hologram"],
  );
});

function anyName(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }).filter((name) =>
      !/[\s\p{C},:=]/u.test(name) && !/^[%#;[]/.test(name)
    ),
    fc.constantFrom("bob", "corp\\eve", "ann@example.com", "allow", "permissions]", "__proto__", "1", "ĳ-ä"),
  );
}

function anyPermissions(name: fc.Arbitrary<string>): fc.Arbitrary<Permissions> {
  const member: fc.Arbitrary<PermissionMember> = fc.oneof(
    name.map((user) => ({ user })),
    name.map((group) => ({ group })),
    name.map((osgroup) => ({ osgroup })),
  );
  const features = fc.array(fc.oneof(name, fc.constantFrom(...PERMISSION_FEATURES)), { minLength: 1 });
  return fc.record({
    imports: fc.array(name),
    groups: anyDefinitions(name, fc.array(member, { minLength: 1 })),
    aliases: anyDefinitions(name, features),
    permissions: fc.array(fc.record({
      actor: fc.oneof(fc.constantFrom("%owner%" as const, "%any%" as const), member),
      rule: fc.constantFrom("allow" as const, "disallow" as const, "deny" as const),
      features,
    }, { noNullPrototype: true })),
  }, { noNullPrototype: true });
}

function anyDefinitions<T>(
  name: fc.Arbitrary<string>,
  list: fc.Arbitrary<T[]>,
): fc.Arbitrary<Record<string, T[]>> {
  return fc.array(fc.tuple(name, list)).map((entries) => Object.fromEntries(entries));
}

Deno.test("groups as AWS's Research and Engineering Studio writes them are read", () => {
  const { groups } = parsePermissions(
    "[groups]\ngroup:ideaadmin=user:clusteradmin, osgroup:staff\n[permissions]\n",
  );
  assertEquals(groups, { ideaadmin: [{ user: "clusteradmin" }, { osgroup: "staff" }] });
});

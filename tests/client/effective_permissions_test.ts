import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  effectivePermissions,
  formatPermissions,
  PERMISSION_FEATURES,
  type PermissionMember,
  type Permissions,
  type PermissionSubject,
  shareWith,
  VIEW_FEATURES,
} from "../../src/permissions.ts";

const EVERYTHING: string[] = PERMISSION_FEATURES.filter((feature) => feature !== "builtin").sort();

function grantedTo(
  user: string,
  text: string | undefined,
  about: Partial<PermissionSubject> = {},
): string[] {
  const permissions = text === undefined ? undefined : `[permissions]\n${text}`;
  return [...effectivePermissions(permissions, { user, owner: "ana", ...about })];
}

Deno.test("effectivePermissions() grants the owner everything, and nobody else anything, without a file", () => {
  assertEquals(grantedTo("ana", undefined), EVERYTHING);
  assertEquals(grantedTo("bob", undefined), []);
});

Deno.test("effectivePermissions() grants nothing by a file without rules, not even to the owner", () => {
  assertEquals(grantedTo("ana", ""), []);
});

Deno.test("effectivePermissions() tells the owner, anyone and a named user apart", () => {
  const text = "%owner% allow keyboard\n%any% allow display\nbob allow mouse\n";
  assertEquals(grantedTo("ana", text), ["display", "keyboard"]);
  assertEquals(grantedTo("bob", text), ["display", "mouse"]);
  assertEquals(grantedTo("eve", text), ["display"]);
});

Deno.test("effectivePermissions() reads `builtin` as every feature of the guide", () => {
  assertEquals(grantedTo("ana", "%owner% allow builtin"), EVERYTHING);
  assertEquals(grantedTo("ana", "%owner% allow builtin\n%any% disallow builtin\n%any% allow usb"), ["usb"]);
});

Deno.test("effectivePermissions() lets the last of `allow` and `disallow` win", () => {
  assertEquals(grantedTo("bob", "bob allow display mouse\n%any% disallow mouse"), ["display"]);
  assertEquals(grantedTo("bob", "%any% disallow mouse\nbob allow display mouse"), ["display", "mouse"]);
});

Deno.test("effectivePermissions() takes by `deny` what no rule gives back, before or after it", () => {
  assertEquals(grantedTo("bob", "bob allow display usb\n%any% deny usb\nbob allow usb"), ["display"]);
  assertEquals(grantedTo("bob", "%any% deny usb\nbob disallow usb\nbob allow usb display"), ["display"]);
});

Deno.test("effectivePermissions() finds a user in groups, in groups of groups, and in groups of each other", () => {
  const file: Permissions = {
    groups: {
      everyone: [{ group: "guests" }, { user: "ana" }],
      guests: [{ user: "bob" }, { osgroup: "staff" }, { group: "everyone" }],
    },
    permissions: [{ actor: { group: "everyone" }, rule: "allow", features: ["display"] }],
  };
  const may = (user: string, groups?: string[]) =>
    effectivePermissions(file, { user, owner: "nobody", groups }).has("display");
  assertEquals([may("ana"), may("bob"), may("eve"), may("eve", ["staff"])], [true, true, false, true]);
});

Deno.test("effectivePermissions() grants nothing to a group that nobody defined", () => {
  assertEquals(grantedTo("bob", "group:ghosts allow display"), []);
  assertEquals(grantedTo("constructor", "group:toString allow display"), []);
});

Deno.test("effectivePermissions() knows the groups of the operating system from the caller only", () => {
  assertEquals(grantedTo("bob", "osgroup:staff allow display"), []);
  assertEquals(grantedTo("bob", "osgroup:staff allow display", { groups: ["staff"] }), ["display"]);
});

Deno.test("effectivePermissions() replaces aliases, also those of aliases, as often as they are named", () => {
  const file: Permissions = {
    aliases: {
      files: ["file-upload", "file-download"],
      work: ["files", "keyboard", "work-later"],
      "work-later": ["work"],
      display: ["display", "pointer"],
    },
    permissions: [{ actor: "%any%", rule: "allow", features: ["files", "work", "files", "display"] }],
  };
  assertEquals([...effectivePermissions(file, { user: "bob", owner: "ana" })], [
    "display",
    "file-download",
    "file-upload",
    "keyboard",
    "pointer",
  ]);
});

Deno.test("effectivePermissions() takes the time of its input for aliases that hold each other twice", () => {
  const aliases = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`a${n}`, n === 59 ? ["usb"] : [`a${n + 1}`, `a${n + 1}`]]),
  );
  const file: Permissions = {
    aliases,
    permissions: [{ actor: "%any%", rule: "allow", features: ["a0"] }],
  };
  assertEquals([...effectivePermissions(file, { user: "bob", owner: "ana" })], ["usb"]);
});

Deno.test("effectivePermissions() keeps a feature that it does not know", () => {
  assertEquals(grantedTo("bob", "bob allow hologram"), ["hologram"]);
});

Deno.test("effectivePermissions() puts imported rules first, and leaves out imports that nobody gave", () => {
  const text = "#import site.perm\n#import missing.perm\n[permissions]\nbob disallow usb\n";
  const imports = {
    "site.perm": "#import site.perm\n[aliases]\nbase=display, usb\n[permissions]\nbob allow base\n",
  };
  const subject = { user: "bob", owner: "ana" };
  assertEquals([...effectivePermissions(text, { ...subject, imports })], ["display"]);
  assertEquals([...effectivePermissions(text, subject)], []);
});

Deno.test("effectivePermissions() compares names as they are written, a Windows domain included", () => {
  const text = String.raw`corp\bob allow display`;
  assertEquals(grantedTo("corp\\bob", text), ["display"]);
  assertEquals(grantedTo("bob", text), []);
  assertEquals(grantedTo("CORP\\bob", text), []);
});

Deno.test("effectivePermissions() names the line of a text that is no permissions file", () => {
  assertThrows(() => grantedTo("bob", "bob may display"), SyntaxError, "line 2");
});

Deno.test("effectivePermissions() agrees with a model that judges each feature for itself", () => {
  fc.assert(fc.property(anyFile(), anySubject(), (file, subject) => {
    const expected = [...FEATURES, ...ALIASES, ...EVERYTHING].filter((feature) =>
      isGranted(feature, file, subject)
    );
    assertEquals([...effectivePermissions(file, subject)], [...new Set(expected)].sort());
    assertEquals(effectivePermissions(formatPermissions(file), subject), effectivePermissions(file, subject));
  }));
});

Deno.test("effectivePermissions() grants a guest of shareWith() what is listed, and no more", () => {
  const permissions = shareWith({ bob: VIEW_FEATURES });
  assertEquals(
    [...effectivePermissions(permissions, { user: "bob", owner: "ana" })],
    [...VIEW_FEATURES].sort(),
  );
});

const USERS = ["ana", "bob", "eve"];
const GROUPS = ["g1", "g2", "g3"];
const FEATURES = ["display", "usb", "hologram"];
const ALIASES = ["a1", "a2", "a3"];

/** For each feature the rules are read backwards, and who and what a rule means is looked up by trying all ways. */
function isGranted(
  feature: string,
  { groups = {}, aliases = {}, permissions }: Permissions,
  subject: PermissionSubject,
) {
  const isIn = (member: PermissionMember, depth = 0): boolean => {
    if ("user" in member) return member.user === subject.user;
    if ("osgroup" in member) return subject.groups!.includes(member.osgroup);
    return depth < GROUPS.length && (groups[member.group] ?? []).some((inner) => isIn(inner, depth + 1));
  };
  const means = (name: string, within: string[] = []): boolean => {
    const isAlias = aliases[name] !== undefined && name !== within.at(-1);
    if (isAlias) {
      return !within.includes(name) && aliases[name]!.some((inner) => means(inner, [...within, name]));
    }
    return name === feature || name === "builtin" && EVERYTHING.includes(feature);
  };
  const about = permissions.filter(({ actor, features }) =>
    (actor === "%any%" || (actor === "%owner%" ? subject.user === subject.owner : isIn(actor))) &&
    features.some((name) => means(name))
  );
  return about.at(-1)?.rule === "allow" && about.every(({ rule }) => rule !== "deny");
}

function anySubject(): fc.Arbitrary<PermissionSubject & { groups: string[] }> {
  return fc.record({
    user: fc.constantFrom(...USERS),
    owner: fc.constantFrom(...USERS),
    groups: fc.subarray(GROUPS),
  });
}

function anyFile(): fc.Arbitrary<Permissions> {
  const member: fc.Arbitrary<PermissionMember> = fc.oneof(
    fc.constantFrom(...USERS).map((user) => ({ user })),
    fc.constantFrom(...GROUPS).map((group) => ({ group })),
    fc.constantFrom(...GROUPS).map((osgroup) => ({ osgroup })),
  );
  const features = fc.array(fc.constantFrom(...FEATURES, ...ALIASES, "builtin"), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.record({
    groups: fc.dictionary(fc.constantFrom(...GROUPS), fc.array(member, { minLength: 1, maxLength: 3 })),
    aliases: fc.dictionary(fc.constantFrom(...ALIASES), features),
    permissions: fc.array(fc.record({
      actor: fc.oneof(fc.constantFrom("%owner%" as const, "%any%" as const), member),
      rule: fc.constantFrom("allow" as const, "disallow" as const, "deny" as const),
      features,
    })),
  });
}

/**
 * The features of a permissions file as a person reads them.
 *
 * @module
 */

import { ALL_FEATURES } from "../../simulation/granted_permissions.ts";

/** A group of features under one heading, each by its name in a permissions file. */
export interface FeatureGroup {
  readonly title: string;
  readonly features: Readonly<Record<string, string>>;
}

/** Every feature that the DCV administrator guide lists. */
export const FEATURE_GROUPS: readonly FeatureGroup[] = [
  {
    title: "See and hear",
    features: {
      "display": "Display",
      "pointer": "Remote pointer",
      "audio-out": "Sound",
      "screenshot": "Screenshots",
    },
  },
  {
    title: "Take part",
    features: {
      "keyboard": "Keyboard",
      "keyboard-sas": "Ctrl+Alt+Del",
      "mouse": "Mouse",
      "touch": "Touch",
      "stylus": "Stylus",
      "gamepad": "Gamepad",
      "unsupervised-access": "Without the owner",
    },
  },
  {
    title: "Exchange",
    features: {
      "clipboard-copy": "Copy from it",
      "clipboard-paste": "Paste into it",
      "file-download": "Download files",
      "file-upload": "Upload files",
      "printer": "Print",
    },
  },
  {
    title: "Devices",
    features: {
      "audio-in": "Microphone",
      "webcam": "Webcam",
      "usb": "USB",
      "smartcard": "Smart card",
      "webauthn-redirection": "Security keys",
      "extensions-client": "Extensions here",
      "extensions-server": "Extensions there",
    },
  },
];

const NAMED = new Set(FEATURE_GROUPS.flatMap(({ features }) => Object.keys(features)));

/** The groups, and what a permissions file grants beyond them. */
export function featureGroups(granted: ReadonlySet<string>): readonly FeatureGroup[] {
  const others = [...granted].filter((feature) => !NAMED.has(feature));
  if (others.length === 0) return FEATURE_GROUPS;
  return [...FEATURE_GROUPS, {
    title: "Others",
    features: Object.fromEntries(others.map((name) => [name, name])),
  }];
}

/** What it comes to, in a sentence. */
export function inShort(granted: ReadonlySet<string>): string {
  if (ALL_FEATURES.every((feature) => granted.has(feature))) return "You may do everything here.";
  const ways = [granted.has("keyboard") && "type", granted.has("mouse") && "click"].filter(Boolean);
  if (ways.length === 0) return "You may look, but not type or click.";
  return `You may look and ${ways.join(" and ")}.`;
}

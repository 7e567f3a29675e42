/**
 * What is between this machine and a broker, looked at step by step: the first thing that is wrong, and its mend.
 *
 * @module
 */

import type { Settings } from "../settings/settings.ts";
import type { Check, Finding } from "./check.ts";
import { checkFirstAnswer } from "./first_answer.ts";
import { checkName, checkPort } from "./network.ts";
import { checkCertificate } from "./certificate.ts";

const STEPS: readonly (readonly [step: string, check: Check])[] = [
  ["Settings", checkSettings],
  ["Name", checkName],
  ["Port", checkPort],
  ["Certificate", checkCertificate],
  ["Broker", checkFirstAnswer],
];

/** Looks at one thing after the other, up to the first that is wrong: what comes behind it cannot be well. */
export async function* examine(settings: Settings, signal: AbortSignal): AsyncGenerator<Finding> {
  for (const [step, check] of STEPS) {
    const finding = { step, ...await check(settings, signal) };
    yield finding;
    if (!finding.isWell) return;
  }
}

function checkSettings(settings: Settings): ReturnType<Check> {
  const { brokerUrl, file, credentials, tokenUrl } = settings;
  if (!URL.canParse(brokerUrl) || !/^https?:$/.test(new URL(brokerUrl).protocol)) {
    return Promise.resolve({
      isWell: false,
      seen: `"${brokerUrl}" is no URL`,
      mend: "Write it as https://broker:8443",
    });
  }
  const with_ = credentials === undefined
    ? "no credentials"
    : "clientId" in credentials
    ? `client ${credentials.clientId}`
    : "a ready token";
  const parts = [brokerUrl, with_, ...(tokenUrl ? [`tokens from ${tokenUrl}`] : []), ...(file ? [file] : [])];
  return Promise.resolve({ isWell: true, seen: parts.join(", ") });
}

/**
 * What goes wrong while a soak runs.
 *
 * @module
 */

/** Calls the control API. */
export type Control = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** A number from 0 to 1, the same ones for the same seed. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Mulberry32, by Tommy Ettinger, in the public domain.
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

const FAULTS: readonly object[] = [
  { type: "reset" },
  { type: "reset", handled: true },
  { type: "noAnswer" },
  { type: "noAnswer", handled: true },
  { type: "status", status: 503 },
  { type: "status", status: 500, handled: true },
  { type: "delay", milliseconds: [1_000, 30_000] },
  { type: "throttle", retryAfter: 1 },
];

/** Faults that health and such do not have. */
const FAULTS_OF_CALLS: readonly object[] = [{ type: "cutOff" }, { type: "garble" }];

const CALLS = ["createSessions", "deleteSessions", "describeSessions", "updateSessionPermissions"];

/** Lets one thing happen; what it was. */
export async function makeTrouble(control: Control, chance: () => number): Promise<string> {
  const kind = chance();
  if (kind < 0.05) return await post("/restart", "restart");
  if (kind < 0.1) return await post("/tokens/revoke", "revocation of tokens");
  if (kind < 0.13) return await post("/faults/presets/expiredTokens", "expired tokens");
  if (kind < 0.3) {
    const milliseconds = Math.round(60_000 + chance() * 20 * 60_000);
    await control("POST", "/clock/advance", { milliseconds });
    return "clock jump";
  }
  const operation = kind < 0.5 ? CALLS[Math.floor(chance() * CALLS.length)] : undefined;
  const possible = operation === undefined ? FAULTS : [...FAULTS, ...FAULTS_OF_CALLS];
  const fault = possible[Math.floor(chance() * possible.length)]!;
  const rule = {
    ...(operation && { operation }),
    probability: 0.1 + chance() * 0.4,
    duration: 30_000,
    fault,
  };
  await control("POST", "/faults", rule);
  return `fault ${(fault as { type: string }).type}`;

  async function post(path: string, what: string): Promise<string> {
    await control("POST", path);
    return what;
  }
}

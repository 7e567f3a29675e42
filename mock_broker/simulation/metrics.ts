/**
 * The load of a host, as its agent reports it: a function of time, so that nothing has to tick.
 *
 * @module
 */

/** How often an agent reports, in milliseconds: the default of its `broker_update_interval`. */
export const AGENT_UPDATE_INTERVAL = 30_000;

/** What an agent measures. */
export interface HostMetrics {
  readonly load: { readonly one: number; readonly five: number; readonly fifteen: number };
  readonly memoryUsed: number;
  readonly swapTotal: number;
  readonly swapUsed: number;
}

/** A host's load at a time: a slow swell and a quick ripple, on top of what its sessions take. */
export function metricsAt(time: number, host: {
  readonly sequence: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly sessionCount: number;
}): HostMetrics {
  const reported = Math.floor(time / AGENT_UPDATE_INTERVAL) * AGENT_UPDATE_INTERVAL;
  const loadOver = (minutes: number) => averageLoad(reported, minutes, host);
  const memoryShare = 0.12 + 0.05 * Math.min(12, host.sessionCount) +
    0.04 * wave(reported, 13, host.sequence);
  const swapTotal = Math.floor(host.memoryBytes / 4);
  return {
    load: { one: loadOver(1), five: loadOver(5), fifteen: loadOver(15) },
    memoryUsed: Math.floor(host.memoryBytes * memoryShare),
    swapTotal,
    swapUsed: Math.floor(swapTotal * Math.max(0, memoryShare - 0.5)),
  };
}

/** A longer average moves less: the ripple of the last minute hardly shows in that of fifteen. */
function averageLoad(
  time: number,
  minutes: number,
  host: { sequence: number; cpus: number; sessionCount: number },
) {
  const busy = Math.min(host.cpus, 0.15 + 0.35 * host.sessionCount);
  const swell = 0.3 * wave(time - minutes * 30_000, 47, host.sequence);
  const ripple = 0.2 / minutes * wave(time, 3, host.sequence);
  return Math.round(Math.max(0.01, busy * (1 + swell + ripple)) * 100) / 100;
}

/** A sine between -1 and 1 with a period in minutes, shifted from host to host. */
function wave(time: number, periodMinutes: number, sequence: number): number {
  return Math.sin(2 * Math.PI * (time / (periodMinutes * 60_000) + sequence * 0.618));
}

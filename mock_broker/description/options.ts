/**
 * What a mock broker can be told when it is made.
 *
 * @module
 */

import type { DnsMapping } from "./dns_mapping.ts";
import type { ApiClientOptions } from "./api_client.ts";
import type { AuthServer } from "./auth_server.ts";
import type { BrokerPropertiesInput } from "./broker_properties.ts";
import type { ClockMode } from "../simulation/clock.ts";
import type { ClockOptions } from "./clock.ts";
import type { FaultRule } from "../simulation/fault_rule.ts";
import type { HostOptions } from "./host.ts";
import type { InitialSession } from "./session.ts";
import type { TimingOptions } from "./timings.ts";

/** Options of {@linkcode MockBroker}; none is needed. */
export interface MockBrokerOptions {
  /**
   * The fleet.
   *
   * @default {four Linux and two Windows hosts that take any owner}
   */
  servers?: readonly HostOptions[] | undefined;
  /**
   * The registered API clients. What is left open of one is random, in the broker's own form.
   *
   * @default {one client}
   */
  clients?: readonly ApiClientOptions[] | undefined;
  /**
   * Sessions that are READY from the start.
   *
   * @default {none}
   */
  sessions?: readonly InitialSession[] | undefined;
  /**
   * A whole number that settles all chance: ids, secrets, durations. Two brokers with the same seed, the same clock
   * and the same calls give the same bytes. A seeded broker signs connection tokens with a key that is public.
   *
   * @default {none: different each time, and not to be guessed}
   */
  seed?: number | undefined;
  /**
   * What simulated time follows.
   *
   * @default {"real"}
   */
  clock?: ClockMode | ClockOptions | undefined;
  /**
   * The broker's properties, or the text of a `session-manager-broker.properties` file.
   *
   * @default {the broker's}
   */
  properties?: BrokerPropertiesInput | string | undefined;
  /**
   * How long things take.
   *
   * @default {as in `Timings`}
   */
  timings?: TimingOptions | undefined;
  /**
   * External authorization servers whose tokens are accepted: their key sets (RFC 7517), or the URLs of them, as
   * `register-auth-server` takes them.
   *
   * @default {none}
   */
  authServers?: readonly AuthServer[] | undefined;
  /**
   * Whether programs can control the broker through the HTTP API under `/_mock`: in process and from this machine
   * unless switched off; from other machines, where it listens for them, if switched on or given names under which
   * it is reached.
   *
   * @default {in process and on loopback addresses}
   */
  control?: boolean | ControlOptions | undefined;
  /**
   * What goes wrong from the start.
   *
   * @default {nothing}
   */
  faults?: readonly FaultRule[] | undefined;
  /**
   * Whether URLs lead to further worlds, each made on first use: `https://broker:8443/worlds/<name>` instead of
   * `https://broker:8443` is a broker of its own, with the same options and API clients.
   *
   * @default {false}
   */
  worlds?: boolean | undefined;
  /**
   * How many requests the journal keeps; 0 is none.
   *
   * @default {1,000}
   */
  journalSize?: number | undefined;
  /**
   * Names under which gateways reach servers, as `register-server-dns-mappings` takes them.
   *
   * @default {none}
   */
  dnsMappings?: readonly DnsMapping[] | undefined;
}

/** The control API for other machines. */
export interface ControlOptions {
  /** Host names under which the server is reached, beside its addresses: the name of a container, say. */
  hosts: readonly string[];
}

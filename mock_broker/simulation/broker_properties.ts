/**
 * The broker's properties, under the names that they have in `session-manager-broker.properties`.
 *
 * @module
 */

/**
 * The properties that change how the simulated broker behaves. Source: the Session Manager Administrator Guide,
 * "Broker configuration file", and a stock file.
 */
export interface BrokerProperties {
  /**
   * Whether calls need an access token.
   *
   * @default {true}
   */
  "enable-authorization": boolean;
  /**
   * Whether the broker has a token endpoint of its own.
   *
   * @default {true}
   */
  "enable-authorization-server": boolean;
  /**
   * Whether the gateway connector answers.
   *
   * @default {false}
   */
  "enable-gateway": boolean;
  /**
   * Whether the OpenAPI file is served.
   *
   * @default {true}
   */
  "enable-api-yaml": boolean;
  /**
   * Whether tokens, keys and records survive a restart.
   *
   * @default {false}
   */
  "enable-persistence": boolean;
  /**
   * Lifetime of connection tokens.
   *
   * @default {60}
   */
  "connect-session-token-duration-minutes": number;
  /**
   * How long DELETED sessions stay listed.
   *
   * @default {3600}
   */
  "delete-session-duration-seconds": number;
  /**
   * Most queued creations.
   *
   * @default {1000}
   */
  "create-sessions-queue-max-size": number;
  /**
   * How long a creation is queued before it fails.
   *
   * @default {1800}
   */
  "create-sessions-queue-max-time-seconds": number;
  /**
   * How often a failed creation is tried again.
   *
   * @default {2}
   */
  "create-sessions-number-of-retries-on-failure": number;
  /**
   * Most AutorunFileArguments.
   *
   * @default {50}
   */
  "autorun-file-arguments-max-size": number;
  /**
   * Longest of them, in characters.
   *
   * @default {150}
   */
  "autorun-file-arguments-max-argument-length": number;
  /**
   * Width of screenshots, in pixels, when none is asked for.
   *
   * @default {160}
   */
  "session-screenshot-max-width": number;
  /**
   * Height of screenshots, in pixels, when none is asked for.
   *
   * @default {100}
   */
  "session-screenshot-max-height": number;
  /**
   * png or jpeg.
   *
   * @default {"png"}
   */
  "session-screenshot-format": string;
  /**
   * Requests per caller and second before throttling; not applied under a manual clock unless given.
   *
   * @default {1000}
   */
  "max-api-requests-per-second": number;
  /**
   * Whether a caller is told by X-Forwarded-For.
   *
   * @default {false}
   */
  "enable-throttling-forwarded-for-header": boolean;
  /**
   * How long an unreachable server stays listed.
   *
   * @default {1800}
   */
  "seconds-before-deleting-unreachable-dcv-server": number;
  /**
   * How long its sessions do; negative is for ever.
   *
   * @default {-1}
   */
  "seconds-before-deleting-sessions-unreachable-server": number;
  /**
   * Port for clients.
   *
   * @default {8443}
   */
  "client-to-broker-connector-https-port": number;
}

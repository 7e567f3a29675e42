/** The errors of `node:https`, as far as they say more than `Error`. */
interface TlsError extends Error {
  code?: string;
  /** The certificate whose names do not match. */
  cert?: { subjectaltname?: string; subject?: { CN?: string } };
}

const VERIFICATION_CODES = [
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

const CLOSED_CODES = ["ECONNRESET", "EPIPE", "ERR_SOCKET_CLOSED"];

/**
 * No answer came: a `TypeError`, as `fetch` throws it, that says what to do where that is known. It names the server
 * by its whole origin, so that nobody who looks for words in the message finds them in the name of a host.
 */
export function notAnswered(cause: TlsError, url: string): TypeError {
  const { origin } = new URL(url);
  return new TypeError(explain(cause, origin) ?? `Cannot fetch ${url}: ${cause.message}`, { cause });
}

/** The connection ended within the body of the answer. */
export function brokenOff(cause: unknown, url: string): TypeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TypeError(`The answer of ${url} broke off: ${reason}`, { cause });
}

function explain(error: TlsError, server: string): string | undefined {
  const { code = "" } = error;
  const message = error.message.trim();
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = error.cert?.subjectaltname || error.cert?.subject?.CN;
    return `The certificate of ${server} is for other names: ${names}. Call the server by one of them, ` +
      `or give one as "serverName"`;
  }
  // Deno has one code for most reasons, so the advice covers them all.
  if (VERIFICATION_CODES.includes(code)) {
    return `The certificate of ${server} cannot be trusted: ${message} (${code}). Give the certificate of the ` +
      `authority that issued it as "ca", and see that both are still valid`;
  }
  if (/wrong.version.number/i.test(`${code} ${message}`)) {
    return `${server} does not speak TLS: ${message}. Is it a server for http: URLs?`;
  }
  if (/\balert\b/i.test(message) || code.includes("_ALERT_")) {
    return `${server} ended the TLS handshake: ${message}. If it asks for a client certificate, give one that ` +
      `it accepts as "cert", with its private key as "key"`;
  }
  if (CLOSED_CODES.includes(code)) return `${server} closed the connection before it answered: ${message}`;
  return undefined;
}

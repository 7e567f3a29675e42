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
 * No answer came: a `TypeError`, as `fetch` throws it, that says what to do where that is known. It leaves
 * out the URL, in which words such as "cert" could mislead those who look for them in a message.
 */
export function notAnswered(cause: TlsError): TypeError {
  return new TypeError(`Fetch failed: ${explain(cause) ?? cause.message.trim()}`, { cause });
}

/** The connection ended within the body of the answer. */
export function brokenOff(cause: unknown): TypeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TypeError(`The answer broke off: ${reason}`, { cause });
}

function explain(error: TlsError): string | undefined {
  const { code = "" } = error;
  const message = error.message.trim();
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = error.cert?.subjectaltname || error.cert?.subject?.CN;
    return `the server's certificate is for other names: ${names}. Call the server by one of them, ` +
      `or give one as "serverName"`;
  }
  // Deno has one code for most reasons, so the advice covers them all.
  if (VERIFICATION_CODES.includes(code)) {
    return `the server's certificate cannot be trusted: ${message}. Give the certificate of the ` +
      `authority that issued it as "ca", and see that both are still valid`;
  }
  if (/wrong.version.number/i.test(`${code} ${message}`)) {
    return `the server does not speak TLS: ${message}. Is it one for http: URLs?`;
  }
  if (/\balert\b/i.test(message) || code.includes("_ALERT_")) {
    return `the server ended the TLS handshake: ${message}. If it asks for a client certificate, give one that ` +
      `it accepts as "cert", with its private key as "key"`;
  }
  if (CLOSED_CODES.includes(code)) return `the server closed the connection before it answered: ${message}`;
  return undefined;
}

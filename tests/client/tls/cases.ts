import type { TlsFetchOptions } from "../../../src/tls.ts";
import type { TlsServers } from "./servers.ts";

/** One call, and what comes of it on every runtime. */
export interface TlsCase {
  name: string;
  url: string;
  options: TlsFetchOptions;
  /** What the server saw of the client, if the call succeeds. */
  answer?: { askedFor: string | null; client: string | null };
  /** How the call fails: what the message says, and the code of the cause. */
  failure?: { message: RegExp; codes: string[] };
}

const CLOSED = ["ECONNRESET", "EPIPE", "ERR_SOCKET_CLOSED"];

/** All cases. */
export function tlsCases({ pems, clients, origin }: TlsServers): TlsCase[] {
  const ca = pems.authority;
  const answer = { askedFor: "localhost", client: null };
  return [
    { name: "a certificate of the given authority", url: origin("issued"), options: { ca }, answer },
    {
      name: "the same under an IP address",
      url: origin("issued", "127.0.0.1"),
      options: { ca },
      answer: { askedFor: null, client: null },
    },
    {
      name: "several authorities in one text",
      url: origin("issued"),
      options: { ca: `The old one:\n${pems.caFlag}\r\nand the new one:\r\n${ca}` },
      answer,
    },
    {
      name: "several authorities as a list",
      url: origin("issued"),
      options: { ca: [pems.caFlag, ca] },
      answer,
    },
    { name: "a self-signed certificate (CA:FALSE)", url: origin("leaf"), options: { ca: pems.leaf }, answer },
    {
      name: "a self-signed certificate as keytool makes it (no basicConstraints)",
      url: origin("noConstraints"),
      options: { ca: pems.noConstraints },
      answer,
    },
    {
      name: "a self-signed certificate as openssl req -x509 makes it (CA:TRUE)",
      url: origin("caFlag"),
      options: { ca: pems.caFlag },
      answer,
    },
    {
      name: "a self-signed certificate with its name in the subject only",
      url: origin("commonNameOnly"),
      options: { ca: pems.commonNameOnly },
      answer,
    },
    {
      name: "a client certificate",
      url: origin("asksForClient"),
      options: { ca, ...clients.issued },
      answer: { askedFor: "localhost", client: "issued client" },
    },
    {
      name: "a client certificate of version 1",
      url: origin("asksForClient"),
      options: { ca, ...clients.versionOne },
      answer: { askedFor: "localhost", client: "localhost" },
    },
    {
      name: "the short name of the broker as serverName",
      url: origin("shortName", "127.0.0.1"),
      options: { ca, serverName: "brokerhost" },
      answer: { askedFor: "brokerhost", client: null },
    },
    {
      name: "an unknown authority when verification is switched off",
      url: origin("issued"),
      options: { dangerouslyDisableVerification: true },
      answer,
    },
    {
      name: "an unknown authority",
      url: origin("issued"),
      options: { ca: pems.caFlag },
      failure: { message: /cannot be trusted.* as "ca"/, codes: ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"] },
    },
    {
      name: "an authority that the runtime does not know",
      url: origin("issued"),
      options: {},
      failure: { message: /cannot be trusted.* as "ca"/, codes: ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"] },
    },
    {
      name: "another self-signed certificate for the same name",
      url: origin("caFlag"),
      options: { ca: pems.leaf },
      failure: {
        message: /cannot be trusted.* as "ca"/,
        codes: ["DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_SIGNATURE_FAILURE"],
      },
    },
    {
      name: "an expired certificate",
      url: origin("expired"),
      options: { ca },
      failure: { message: /still valid/, codes: ["CERT_HAS_EXPIRED", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"] },
    },
    {
      name: "a certificate for another name",
      url: origin("shortName", "127.0.0.1"),
      options: { ca },
      failure: { message: /DNS:brokerhost.*"serverName"/, codes: ["ERR_TLS_CERT_ALTNAME_INVALID"] },
    },
    {
      name: "a serverName that the certificate does not hold",
      url: origin("issued"),
      options: { ca, serverName: "brokerhost" },
      failure: { message: /DNS:localhost.*"serverName"/, codes: ["ERR_TLS_CERT_ALTNAME_INVALID"] },
    },
    {
      name: "a server that refuses the handshake, as many do without a client certificate",
      url: origin("alert"),
      options: { ca },
      failure: {
        message: /ended the TLS handshake.* asks for a client certificate, .*"cert".*"key"/,
        codes: ["EPROTO", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"],
      },
    },
    {
      name: "no client certificate where one is asked for",
      url: origin("asksForClient"),
      options: { ca },
      failure: {
        // The server's alert is lost when it closes the connection before the client has read it.
        message: /asks for a client certificate|closed the connection before it answered/,
        codes: [
          ...CLOSED,
          "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
          "ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED",
        ],
      },
    },
    {
      name: "a client certificate that the server does not accept",
      url: origin("asksForClient"),
      options: { ca, ...clients.foreign },
      failure: { message: /closed the connection before it answered/, codes: CLOSED },
    },
    {
      name: "a server that does not speak TLS",
      url: origin("plain"),
      options: { ca },
      failure: { message: /does not speak TLS/, codes: ["ERR_SSL_WRONG_VERSION_NUMBER", "EPROTO"] },
    },
  ];
}

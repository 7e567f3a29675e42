/**
 * What is sent, without the cost of a `Request` where a call says it plainly, as the client's do.
 *
 * @module
 */

/** A request whose body is at hand. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly redirect: RequestRedirect;
}

/** Reads the arguments of `fetch`. */
export async function plainRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<PlainRequest> {
  if (typeof input === "string" && isPlain(init)) {
    const { method, headers, body, redirect = "follow" } = init;
    return { url: input, method, headers, body: body ?? "", redirect };
  }
  // Without the signal, because a Request that follows one listens to it for as long as both live.
  const request = new Request(input, { ...init, signal: null });
  const { url, method, redirect } = request;
  // In this order, because Bun forgets the content type of a body that has been read.
  const headers = Object.fromEntries(request.headers);
  return { url, method, headers, redirect, body: new Uint8Array(await request.arrayBuffer()) };
}

/** The arguments of a call of the client, but for the body of a creation on Deno. */
interface PlainInit extends RequestInit {
  method: "GET" | "POST" | "PUT";
  headers: Record<string, string>;
  body?: string | null;
}

/** A text without a content type gets one from `Request`. */
function isPlain(init: RequestInit | undefined): init is PlainInit {
  const { method = "", headers, body } = init ?? {};
  if (!/^(GET|POST|PUT)$/.test(method) || Object.getPrototypeOf(headers ?? []) !== Object.prototype) {
    return false;
  }
  return body == null ? true : typeof body === "string" && method !== "GET" && "content-type" in headers!;
}

/**
 * PEM (RFC 7468) as people have it: as bytes of a file, with its lines in one, with line breaks written out as
 * `\n`, as environment variables and JSON carry it, and with other things around it.
 *
 * @module
 */

/** A block, from its beginning to its end. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^-]+(?:-[^-]+)*?)-----END \1-----/g;

/** Of an encrypted key of the old kind, whose lines say how (RFC 1421). */
const HEADER_LINES = /^\s*Proc-Type:/;

/** The text of a PEM file; `undefined` if it is neither text nor bytes. */
export function textOf(pem: unknown): string | undefined {
  if (typeof pem === "string") return pem;
  return pem instanceof Uint8Array ? new TextDecoder(encodingOf(pem)).decode(pem) : undefined;
}

/** Windows PowerShell writes UTF-16, and says so in the first two bytes. */
function encodingOf([first, second]: Uint8Array): string {
  return first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
}

/** The blocks of a text whose label ends so, each in the form that every runtime reads. */
export function blocksOf(text: string, label: string): string[] {
  const blocks = [...text.replace(/\\r|\\n/g, "\n").matchAll(BLOCK)];
  return blocks.filter(([, found]) => found!.endsWith(label)).map(([, found, body]) => {
    const lines = HEADER_LINES.test(body!) ? body!.trim() : wrapped(body!);
    return `-----BEGIN ${found}-----\n${lines}\n-----END ${found}-----\n`;
  });
}

/** Base64 in lines of 64 characters. */
function wrapped(body: string): string {
  return body.replace(/\s/g, "").match(/.{1,64}/g)?.join("\n") ?? "";
}

/**
 * Strict UTF-8, then JSON. undefined when either fails, which is no JSON value itself. A byte order mark is kept by
 * `ignoreBOM` and then refused by the parser: bytes that we would have to bend to read are not read at all.
 */
export function parseJson(raw: Uint8Array | string): unknown {
  try {
    const text =
      typeof raw === "string" ? raw : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

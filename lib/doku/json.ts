/**
 * Decodes strict UTF-8, then parses JSON; undefined when either fails. `ignoreBOM` keeps a byte order mark, which the
 * JSON parser then refuses: bytes are never repaired.
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

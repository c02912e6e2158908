/** Fails at bytes that are not UTF-8. Made once: a new one for each message takes longer than decoding. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes strict UTF-8, then parses JSON; undefined when either fails. `ignoreBOM` keeps a byte order mark, which the
 * JSON parser then refuses: bytes are never repaired.
 */
export function parseJson(raw: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof raw === "string" ? raw : utf8.decode(raw));
  } catch {
    return undefined;
  }
}

import "server-only";

/**
 * What may stand before the element `svg`: a byte order mark, the XML declaration, comments, and a DOCTYPE that declares nothing.
 */
const beginning =
  /^\uFEFF?\s*(?:<\?xml\s[^>]*\?>\s*)?(?:(?:<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^>[]*>)\s*)*<svg[\s>]/;

/** Each may repeat what holds another: with more of them, a small file takes minutes to draw. */
const mostUses = 20;

/**
 * Whether the bytes are an SVG that may be drawn: no entities, which can repeat one another without end. What it names
 * elsewhere is not loaded: librsvg gets bytes without a place, and opens no file and no address for them.
 */
export function isSafeSvg(file: Uint8Array): boolean {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return false;
  }
  const uses = text.match(/<(?:[\w.-]+:)?use[\s/>]/g) ?? [];
  return beginning.test(text) && uses.length <= mostUses;
}

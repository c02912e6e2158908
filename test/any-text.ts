import fc from "fast-check";

/** Half of it is ASCII, with its control characters; the rest is any code point, halves of surrogate pairs among them. */
const character = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10_ffff }))
  .map((code) => String.fromCodePoint(code));

/**
 * Any text. fast-check's own `unit: "binary"` takes a second and a half of each process that makes one.
 * @param maxLength in characters, each of one or two UTF-16 code units
 */
export const anyText = (maxLength?: number) =>
  fc.string({ unit: character, ...(maxLength !== undefined && { maxLength }) });

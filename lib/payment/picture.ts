/** Pictures that every browser and every chat's preview shows. No SVG: it can hold a script. */
export const pictureTypes = ["image/png", "image/jpeg", "image/webp"] as const;
export type PictureType = (typeof pictureTypes)[number];

export const mostPictureBytes = 1024 * 1024;

const startsWith = (content: Uint8Array, bytes: readonly number[], from = 0): boolean =>
  bytes.every((byte, at) => content[from + at] === byte);

const toBytes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** The kind of picture that the bytes themselves are; undefined for anything else, whatever its name says. */
export function detectPictureType(content: Uint8Array): PictureType | undefined {
  if (
    startsWith(content, [0x89, ...toBytes("PNG\r\n"), 0x1a, 0x0a]) &&
    startsWith(content, toBytes("IHDR"), 12)
  )
    return "image/png";
  if (startsWith(content, [0xff, 0xd8, 0xff])) return "image/jpeg";
  return startsWith(content, toBytes("RIFF")) && startsWith(content, toBytes("WEBPVP8"), 8)
    ? "image/webp"
    : undefined;
}

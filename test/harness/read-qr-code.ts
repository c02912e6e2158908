import jsQR from "jsqr";
import sharp from "sharp";

/**
 * Reads a QR code as a phone's camera does.
 * @param picture an SVG or PNG with nothing else on it
 * @returns "" where there is none to read
 */
export async function readQrCode(picture: Uint8Array): Promise<string> {
  const margin = { top: 40, bottom: 40, left: 40, right: 40, background: "white" };
  const drawn = sharp(picture).resize(600).flatten({ background: "white" }).extend(margin).ensureAlpha();
  const { data, info } = await drawn.raw().toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? "";
}

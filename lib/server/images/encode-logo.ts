import "server-only";
import { createHash } from "node:crypto";
import { logoLimits } from "@/lib/appearance/appearance";
import type { Logo } from "@/lib/appearance/appearance";
import { detectPictureType, mostPictureBytes } from "@/lib/payment/picture";
import { isSafeSvg } from "./safe-svg";
import { loadSharp, mostPixels, mostSeconds } from "./sharp";

export type EncodedLogo = Logo & {
  /** A PNG of at most `logoLimits`, without anything that the file said beside its pixels. */
  content: Uint8Array;
};

export type EncodeLogo =
  { outcome: "encoded"; logo: EncodedLogo } | { outcome: "too_large" } | { outcome: "no_picture" };

/** Dots per inch at which one unit of an SVG is one pixel. */
const plainDensity = 72;
const mostDensity = 2400;

/** Draws a new picture from a file that a person sent. What it is, its bytes say; an SVG is drawn and never served. */
export async function encodeLogo(file: Uint8Array): Promise<EncodeLogo> {
  if (file.byteLength > mostPictureBytes) return { outcome: "too_large" };
  const isSvg = isSafeSvg(file);
  if (!isSvg && !detectPictureType(file)) return { outcome: "no_picture" };
  const drawn = await drawLogo(file, isSvg).catch(() => undefined);
  if (!drawn) return { outcome: "no_picture" };
  const { data: content, info } = drawn;
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 32);
  return { outcome: "encoded", logo: { hash, content, widthPx: info.width, heightPx: info.height } };
}

/** @throws on a file that is broken, too large when drawn, or too slow to draw */
async function drawLogo(file: Uint8Array, isSvg: boolean) {
  const sharp = await loadSharp();
  const limits = { limitInputPixels: mostPixels, failOn: "error" } as const;
  const density = isSvg ? toDensity(await sharp(file, limits).metadata()) : plainDensity;
  return sharp(file, { ...limits, density })
    .timeout({ seconds: mostSeconds })
    .autoOrient()
    .resize({
      width: logoLimits.widthPx,
      height: logoLimits.heightPx,
      fit: "inside",
      withoutEnlargement: !isSvg,
    })
    .toColourspace("srgb")
    .png({ compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true });
}

/** At which an SVG is drawn as large as it is kept, so that its lines are sharp. */
function toDensity({ width, height }: { width: number; height: number }): number {
  const scale = Math.min(logoLimits.widthPx / width, logoLimits.heightPx / height);
  return Math.min(Math.max(plainDensity * scale, 1), mostDensity);
}

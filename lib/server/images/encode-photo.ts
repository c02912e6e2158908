import "server-only";
import { claimLimits } from "@/lib/payment/payment-claim";
import { detectPictureType } from "@/lib/payment/picture";
import { loadSharp, mostPixels, mostSeconds } from "./sharp";

export type EncodePhoto =
  { outcome: "encoded"; photo: Uint8Array } | { outcome: "too_large" } | { outcome: "no_picture" };

const quality = 80;

/**
 * Draws a photo again, as a JPEG of at most 2000 pixels a side. What a camera writes beside it, such as the place, is dropped. One at a
 * time, because a photo of a phone takes 100 MB while it is drawn, and anybody with a link may send one.
 */
export async function encodePhoto(file: Uint8Array): Promise<EncodePhoto> {
  if (file.byteLength > claimLimits.photoBytes) return { outcome: "too_large" };
  if (!detectPictureType(file)) return { outcome: "no_picture" };
  const drawn = await inTurn(() => drawPhoto(file)).catch(() => undefined);
  if (!drawn) return { outcome: "no_picture" };
  return drawn.byteLength > claimLimits.photoBytes
    ? { outcome: "too_large" }
    : { outcome: "encoded", photo: drawn };
}

/** @throws on a file that is broken, too large when drawn, or too slow to draw */
async function drawPhoto(file: Uint8Array): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return (
    sharp(file, { limitInputPixels: mostPixels, failOn: "error" })
      .timeout({ seconds: mostSeconds })
      .autoOrient()
      .resize({
        width: claimLimits.photoPx,
        height: claimLimits.photoPx,
        fit: "inside",
        withoutEnlargement: true,
      })
      // JPEG has no transparency.
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .jpeg({ quality })
      .toBuffer()
  );
}

let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}

import "server-only";

/** Of a file as it would be drawn. A photo of a phone has up to 50 million. */
export const mostPixels = 60_000_000;
/** For drawing one file. */
export const mostSeconds = 10;

/** The only readers of files that are switched on: each is one more program that reads what a stranger sends. */
const readers = [
  "VipsForeignLoadPngBuffer",
  "VipsForeignLoadJpegBuffer",
  "VipsForeignLoadWebpBuffer",
  "VipsForeignLoadSvgBuffer",
];

/** Loaded at the first picture: it takes 30 MB of memory, which most processes never need. */
export async function loadSharp() {
  const { default: sharp } = await import("sharp");
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: readers });
  // A file is read once, and a machine with two cores has other things to do.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

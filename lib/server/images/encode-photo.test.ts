import sharp from "sharp";
import { expect, test } from "vitest";
import { claimLimits } from "@/lib/payment/payment-claim";
import { encodePhoto } from "./encode-photo";

const draw = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#88aa44" } });

async function encoded(file: Uint8Array) {
  const result = await encodePhoto(file);
  if (result.outcome !== "encoded") throw new Error(result.outcome);
  return { photo: Buffer.from(result.photo), metadata: await sharp(result.photo).metadata() };
}

test("a photo becomes a JPEG of bounded size, upright, without what the camera wrote", async () => {
  const place = { GPSLatitudeRef: "S", GPSLatitude: "6/1 12/1 0/1" };
  const exif = { IFD0: { Make: "Kamera Ibu Sri" }, IFD3: place };
  const file = await draw(4000, 3000).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer();
  expect((await sharp(file).metadata()).exif).toBeDefined();
  const { photo, metadata } = await encoded(file);
  expect(metadata).toMatchObject({ format: "jpeg", width: 1500, height: 2000 });
  expect([metadata.exif, metadata.orientation, photo.includes("Kamera")]).toEqual([
    undefined,
    undefined,
    false,
  ]);
});

test.each(["png", "webp"] as const)("a %s is taken too, and not made larger", async (format) => {
  const { metadata } = await encoded(await draw(640, 480).toFormat(format).toBuffer());
  expect(metadata).toMatchObject({ format: "jpeg", width: 640, height: 480 });
});

test("what is no photo, and what is too large, is refused", async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  for (const file of [svg, Buffer.from("%PDF-1.7"), Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(0)])
    expect(await encodePhoto(file)).toEqual({ outcome: "no_picture" });
  expect(await encodePhoto(new Uint8Array(claimLimits.photoBytes + 1))).toEqual({ outcome: "too_large" });
});

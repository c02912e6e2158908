import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { logoLimits } from "@/lib/appearance/appearance";
import { mostPictureBytes } from "@/lib/payment/picture";
import { encodeLogo } from "./encode-logo";

const red = { r: 179, g: 38, b: 30, alpha: 1 };
const draw = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: red } });
const svg = (content: string, attributes = 'viewBox="0 0 100 40"', before = "") =>
  Buffer.from(`${before}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);
const square = '<rect width="100" height="40" fill="#b3261e"/>';

async function encoded(file: Uint8Array) {
  const result = await encodeLogo(file);
  if (result.outcome !== "encoded") throw new Error(result.outcome);
  const { logo } = result;
  return { ...logo, metadata: await sharp(logo.content).metadata() };
}

const withDoctype = (declared: string) =>
  svg(`${square}<text>&b;</text>`, undefined, `<!DOCTYPE svg ${declared}>`);

/** Red, green and blue of the pixel in the middle. */
async function getMiddle(content: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(content).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [...data.subarray(at, at + 3)];
}

describe("a logo", () => {
  test.each(["png", "jpeg", "webp"] as const)(
    "that is a %s becomes a PNG of bounded size",
    async (format) => {
      const logo = await encoded(await draw(3000, 900).toFormat(format).toBuffer());
      expect(logo.metadata).toMatchObject({ format: "png", width: 600, height: 180 });
      expect([logo.widthPx, logo.heightPx]).toEqual([600, 180]);
      expect(logo.hash).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  test("that is small stays as large as it is", async () => {
    expect(await encoded(await draw(40, 20).png().toBuffer())).toMatchObject({ widthPx: 40, heightPx: 20 });
  });

  test("loses what the camera wrote into the file", async () => {
    const exif = { IFD0: { Copyright: "Ibu Sri, Jalan Melati 5" }, IFD3: { GPSLatitude: "6/1 12/1 0/1" } };
    const file = await draw(80, 40).jpeg().withExif(exif).toBuffer();
    expect(file.includes("Jalan Melati")).toBe(true);
    const { content, metadata } = await encoded(file);
    expect(metadata.exif).toBeUndefined();
    expect(Buffer.from(content).includes("Jalan Melati")).toBe(false);
  });

  test("that is an SVG is drawn as large as it is kept", async () => {
    const doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1/svg11.dtd">';
    const before = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n${doctype}\n`;
    const logo = await encoded(svg(square, 'viewBox="0 0 100 40"', before));
    expect([logo.metadata.format, logo.widthPx, logo.heightPx]).toEqual(["png", 600, logoLimits.heightPx]);
    expect(await getMiddle(logo.content)).toEqual([179, 38, 30]);
  });

  test("that is an SVG loads nothing from another place", async () => {
    const asked: string[] = [];
    const { createServer } = await import("node:http");
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const links = [`http://127.0.0.1:${port}/a.png`, "file:///etc/hostname", "/etc/hostname"];
    const images = links.map((link) => `<image href="${link}" width="100" height="40"/>`).join("");
    const style = `<style>@import url("http://127.0.0.1:${port}/b.css");</style>`;
    const { content } = await encoded(svg(style + square + images));
    await new Promise((done) => server.close(done));
    expect(asked).toEqual([]);
    expect(await getMiddle(content)).toEqual([179, 38, 30]);
  });

  test.each([
    ["an entity that repeats others", withDoctype('[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]')],
    ["an entity that is a file", withDoctype('[<!ENTITY b SYSTEM "file:///etc/hostname">]')],
    ["a style sheet elsewhere", svg(square, undefined, '<?xml-stylesheet href="http://127.0.0.1/a.css"?>')],
    ["a size of a wall", svg(square, 'width="1000000" height="1000000"')],
    ["no size at all", svg(square, 'width="0" height="0"')],
    ["a page with an SVG in it", Buffer.from("<html><svg></svg></html>")],
    ["text", Buffer.from("Toko Senja")],
    ["nothing", Buffer.alloc(0)],
    ["a PNG that is cut off", Buffer.from("89504e470d0a1a0a0000000d494844520000", "hex")],
    ["a GIF", Buffer.from("GIF89a\u0001\u0000\u0001\u0000")],
    ["an SVG in another encoding", Buffer.from(`\uFEFF${svg(square).toString()}`, "utf16le")],
  ])("is refused: %s", async (_name, file) => {
    expect(await encodeLogo(file)).toEqual({ outcome: "no_picture" });
  });

  test("that repeats itself again and again is refused before it is drawn", async () => {
    const repeat = (levels: number, times: number) => {
      const groups = Array.from({ length: levels }, (_, at) => {
        const uses = `<use href="#g${at}"/>`.repeat(times);
        return `<g id="g${at + 1}">${uses}</g>`;
      });
      const first = `<defs><g id="g0">${square}</g>${groups.join("")}</defs>`;
      return svg(`${first}<use href="#g${levels}"/>`);
    };
    expect(await encodeLogo(repeat(12, 10))).toEqual({ outcome: "no_picture" });
    expect(await encodeLogo(repeat(6, 3))).toMatchObject({ outcome: "encoded" });
  });

  test("that unpacks to a huge picture is refused", async () => {
    const file = await draw(7_800, 7_800).png({ compressionLevel: 9 }).toBuffer();
    expect(file.byteLength).toBeLessThan(mostPictureBytes);
    expect(await encodeLogo(file)).toEqual({ outcome: "no_picture" });
  });

  test("that is larger than may be sent is refused", async () => {
    expect(await encodeLogo(new Uint8Array(mostPictureBytes + 1))).toEqual({ outcome: "too_large" });
  });
});

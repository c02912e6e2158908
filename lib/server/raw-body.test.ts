import { describe, expect, test } from "vitest";
import { readRawBody } from "./raw-body";

const request = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

const streamOf = (chunks: number, size: number) => {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      if (pulled > chunks) controller.close();
      else controller.enqueue(new Uint8Array(size));
    },
  });
  return { stream, pulled: () => pulled };
};

describe("the raw body", () => {
  test("is byte for byte what was sent: a byte order mark, bad UTF-8 and all", async () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x7d]);
    const read = await readRawBody(request(bytes));
    expect(read.outcome === "read" && [...read.bytes]).toEqual([...bytes]);
  });

  test("may be 64 KiB and not a byte more", async () => {
    expect((await readRawBody(request(new Uint8Array(65_536)))).outcome).toBe("read");
    expect((await readRawBody(request(new Uint8Array(65_537)))).outcome).toBe("too_large");
  });

  test("is not read on when it turns out too large, whatever its length claims", async () => {
    const { stream, pulled } = streamOf(1000, 16_384);
    expect((await readRawBody(request(stream, { "content-length": "10" }))).outcome).toBe("too_large");
    expect(pulled()).toBeLessThan(10);
  });

  test("that breaks off is unreadable", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
    expect((await readRawBody(request(broken))).outcome).toBe("unreadable");
  });
});

import { describe, expect, test, vi } from "vitest";
import { readRequestBody } from "./request-body";

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  const init = { method: "POST", body, headers, duplex: "half" };
  return new Request("https://shop.example/", init);
}

/** A body in pieces that then ends, goes silent, or breaks off. */
function createStream(pieces: Iterable<Uint8Array>, then: "ends" | "stays silent" | "breaks" = "ends") {
  const waiting = [...pieces];
  let taken = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = waiting.shift();
        if (piece) {
          taken += 1;
          controller.enqueue(piece);
        } else if (then === "ends") controller.close();
        else if (then === "breaks") controller.error(new Error("aborted"));
        else return new Promise<void>(() => undefined);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken: () => taken };
}

const whole = async (body: BodyInit) => {
  const read = await readRequestBody(post(body));
  return read.outcome === "read" ? [...read.bytes] : read.outcome;
};

describe("readRequestBody", () => {
  test("returns the exact bytes, with a byte-order mark or bad UTF-8", async () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x7d]);
    expect(await whole(bytes)).toEqual([...bytes]);
    expect(await whole(createStream([...bytes].map((byte) => Uint8Array.of(byte))).stream)).toEqual([
      ...bytes,
    ]);
  });

  test("accepts an empty and a missing body", async () => {
    expect(await whole(new Uint8Array())).toEqual([]);
    const missing = await readRequestBody(new Request("https://shop.example/", { method: "POST" }));
    expect(missing).toEqual({ outcome: "read", bytes: new Uint8Array() });
  });

  test("accepts 64 KiB and not a byte more", async () => {
    expect(await whole(new Uint8Array(65_536))).toHaveLength(65_536);
    expect(await whole(new Uint8Array(65_537))).toBe("too_large");
  });

  test("trusts a Content-Length that is too large, and counts the bytes otherwise", async () => {
    const said = await readRequestBody(post("short", { "content-length": "65537" }));
    expect(said.outcome).toBe("too_large");
    const lied = await readRequestBody(post(new Uint8Array(65_537), { "content-length": "5" }));
    expect(lied.outcome).toBe("too_large");
  });

  test("reads a body that is too large to its end, so that its sender can read the answer", async () => {
    const { stream, taken } = createStream(Array.from({ length: 300 }, () => new Uint8Array(1024)));
    expect((await readRequestBody(post(stream))).outcome).toBe("too_large");
    expect(taken()).toBe(300);
  });

  test("stops reading a body that is too large and never ends", async () => {
    const { stream } = createStream([new Uint8Array(70_000)], "stays silent");
    const begun = performance.now();
    expect((await readRequestBody(post(stream), { discardMs: 50 })).outcome).toBe("too_large");
    expect(performance.now() - begun).toBeLessThan(60_000);
  });

  test("reports a body that breaks off as unreadable", async () => {
    expect(await whole(createStream([Uint8Array.of(1)], "breaks").stream)).toBe("unreadable");
  });

  test("ignores an error of a body after its time-out", async () => {
    let breakOff = () => {};
    const stream = new ReadableStream({
      start: (controller) => void (breakOff = () => controller.error(new Error("aborted"))),
    });
    expect((await readRequestBody(post(stream), { timeoutMs: 10 })).outcome).toBe("unreadable");
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    breakOff();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("reports a slow body as unreadable after the time-out", async () => {
    const drip = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(Uint8Array.of(0x20));
      },
    });
    expect((await readRequestBody(post(drip), { timeoutMs: 60 })).outcome).toBe("unreadable");
  });
});

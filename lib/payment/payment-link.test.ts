import { describe, expect, test } from "vitest";
import { toLinkSlug, slugPattern } from "./link-slug";
import { countLeft, countOversold, fitsLinkPrice, getLinkState, lacksPhone } from "./payment-link";
import type { LinkTerms } from "./payment-link";
import { detectPictureType } from "./picture";
import { Rupiah } from "./rupiah";

const now = new Date("2026-11-27T05:00:00Z");
const later = new Date("2026-11-28T05:00:00Z");
const terms = (change: Partial<LinkTerms> = {}): LinkTerms => ({
  stock: 3,
  endsAt: later,
  switchedOffAt: null,
  ...change,
});

describe("the state of a payment link", () => {
  test.each([
    [{}, { sold: 2, reserved: 0 }, "open"],
    [{}, { sold: 2, reserved: 1 }, "reserved"],
    [{}, { sold: 3, reserved: 0 }, "sold_out"],
    [{}, { sold: 4, reserved: 2 }, "sold_out"],
    [{ stock: null }, { sold: 4000, reserved: 2000 }, "open"],
    [{ endsAt: now }, { sold: 0, reserved: 0 }, "ended"],
    [{ endsAt: null }, { sold: 0, reserved: 0 }, "open"],
    [{ endsAt: now, switchedOffAt: now }, { sold: 3, reserved: 0 }, "switched_off"],
    [{ endsAt: now }, { sold: 3, reserved: 0 }, "ended"],
  ] as const)("with %o and %o is known", (change, counts, state) => {
    expect(getLinkState(terms(change), counts, now)).toBe(state);
  });

  test("what is left is never less than nothing, and what was paid beyond the stock is counted", () => {
    expect(countLeft({ stock: 3 }, { sold: 1, reserved: 1 })).toBe(1);
    expect(countLeft({ stock: 3 }, { sold: 4, reserved: 1 })).toBe(0);
    expect(countLeft({ stock: null }, { sold: 4, reserved: 1 })).toBeUndefined();
    expect(countOversold({ stock: 3 }, { sold: 5, reserved: 0 })).toBe(2);
    expect(countOversold({ stock: 3 }, { sold: 2, reserved: 4 })).toBe(0);
    expect(countOversold({ stock: null }, { sold: 2, reserved: 4 })).toBe(0);
  });
});

test("an amount fits a link when it is the fixed one, or within both bounds", () => {
  const [low, high] = [Rupiah.parse(20_000), Rupiah.parse(50_000)];
  const range = { amount: null, minAmount: low, maxAmount: high };
  const fixed = { amount: low, minAmount: null, maxAmount: null };
  expect([19_999, 20_000, 50_000, 50_001].map((each) => fitsLinkPrice(range, Rupiah.parse(each)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([fitsLinkPrice(fixed, low), fitsLinkPrice(fixed, high)]).toEqual([true, false]);
});

test("an address is not asked for more strictly than a phone number", () => {
  expect(lacksPhone({ phone: "no", address: "optional", note: "no" })).toBe(true);
  expect(lacksPhone({ phone: "optional", address: "required", note: "no" })).toBe(true);
  expect(lacksPhone({ phone: "required", address: "required", note: "no" })).toBe(false);
  expect(lacksPhone({ phone: "required", address: "no", note: "no" })).toBe(false);
});

test("the end of a link's address says its title in plain letters, or is random alone", () => {
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => at * 50);
  expect(toLinkSlug("Kopi “Café” Gayo, 250 g!", random)).toMatch(/^kopi-cafe-gayo-250-g-[a-z2-9]{5}$/);
  expect(toLinkSlug("☕ 咖啡", random)).toMatch(/^[a-z2-9]{5}$/);
  const long = toLinkSlug("a ".repeat(60), random);
  expect(long).toMatch(new RegExp(slugPattern));
  expect(long.length).toBeLessThanOrEqual(46);
});

test("a picture is known by its bytes", () => {
  const toType = (hex: string) => detectPictureType(Buffer.from(hex, "hex"));
  expect(toType("89504e470d0a1a0a0000000d49484452")).toBe("image/png");
  expect(toType("89504e470d0a1a0a0000000d00000000")).toBeUndefined();
  expect(toType("ffd8ffe1")).toBe("image/jpeg");
  expect(toType(Buffer.from("RIFF\u0010\u0000\u0000\u0000WEBPVP8 ").toString("hex"))).toBe("image/webp");
  expect(toType(Buffer.from("RIFF\u0010\u0000\u0000\u0000AVI ").toString("hex"))).toBeUndefined();
  expect(toType(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>").toString("hex"))).toBeUndefined();
  expect(toType("")).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import { withQuantity, serializeCart } from "./cart";
import { emptyCart, parseCart } from "../queries";

const key = "AAAAAAAAAAAAAAAAAAAAAA";
const cart = { key, lines: [{ productId: "kopi-gayo", quantity: 2 }] };

describe("parseCart, serializeCart and withQuantity", () => {
  test("parses what was serialized to the same cart", () => {
    expect(parseCart(serializeCart(cart))).toEqual(cart);
  });

  test.each([
    undefined,
    "",
    "x",
    `${key}~kopi:0`,
    `${key}~kopi:1e9`,
    `${key}~KOPI;:1`,
    `short~kopi:1`,
    `${key}~a:1~b`,
  ])("treats the unreadable cart %s as an empty one", (text) => expect(parseCart(text)).toEqual(emptyCart));

  test("keeps the order of the lines when a quantity changes, and drops a line whose quantity is 0", () => {
    const two = withQuantity(cart.lines, "teh", 1);
    expect(withQuantity(two, "kopi-gayo", 5).map(({ productId }) => productId)).toEqual(["kopi-gayo", "teh"]);
    expect(withQuantity(two, "kopi-gayo", 0)).toEqual([{ productId: "teh", quantity: 1 }]);
    expect(withQuantity([], "teh", 1000)).toEqual([{ productId: "teh", quantity: 99 }]);
  });
});

import { describe, expect, test } from "vitest";
import { withQuantity, writeCart } from "./cart";
import { emptyCart, readCart } from "../queries";

const key = "AAAAAAAAAAAAAAAAAAAAAA";
const cart = { key, lines: [{ productId: "kopi-gayo", quantity: 2 }] };

describe("the cart", () => {
  test("the cart is read as it was written", () => {
    expect(readCart(writeCart(cart))).toEqual(cart);
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
  ])("an unreadable cart counts as an empty one: %s", (text) => expect(readCart(text)).toEqual(emptyCart));

  test("the cart keeps the order of its lines when a number changes, and drops a line of none", () => {
    const two = withQuantity(cart.lines, "teh", 1);
    expect(withQuantity(two, "kopi-gayo", 5).map(({ productId }) => productId)).toEqual(["kopi-gayo", "teh"]);
    expect(withQuantity(two, "kopi-gayo", 0)).toEqual([{ productId: "teh", quantity: 1 }]);
    expect(withQuantity([], "teh", 1000)).toEqual([{ productId: "teh", quantity: 99 }]);
  });
});

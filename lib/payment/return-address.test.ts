import { describe, expect, test } from "vitest";
import { viewStatuses } from "./payment-view";
import type { ViewStatus } from "./payment-view";
import { chooseReturnAddress, fillReturnAddress, returnsByItself } from "./return-address";

const addresses = { success: "https://shop.example/thanks", cancel: "https://shop.example/cart" };
const view = { underReview: false, timesPaid: undefined, returned: false };

describe("chooseReturnAddress", () => {
  const expected: Record<ViewStatus, keyof typeof addresses | "none"> = {
    unstarted: "cancel",
    preparing: "none",
    awaiting_payment: "none",
    time_up: "none",
    paid: "success",
    refunded: "success",
    expired: "cancel",
    cancelled: "cancel",
    failed: "cancel",
  };

  test.each(viewStatuses)("leads back from %s to the address of what became of it", (status) => {
    const wanted = expected[status];
    expect(chooseReturnAddress({ ...view, status }, addresses)).toBe(
      wanted === "none" ? undefined : addresses[wanted],
    );
  });

  test("never leads to the address of success while money for an unpaid order is under review", () => {
    for (const status of viewStatuses.filter((one) => one !== "paid" && one !== "refunded"))
      expect(chooseReturnAddress({ ...view, status, underReview: true }, addresses)).toBe(addresses.cancel);
    expect(chooseReturnAddress({ ...view, status: "paid", underReview: true }, addresses)).toBe(
      addresses.success,
    );
  });

  test("does not lead to the other address where one is missing", () => {
    expect(
      chooseReturnAddress({ ...view, status: "paid" }, { ...addresses, success: undefined }),
    ).toBeUndefined();
    expect(
      chooseReturnAddress({ ...view, status: "expired" }, { ...addresses, cancel: undefined }),
    ).toBeUndefined();
  });
});

describe("returnsByItself", () => {
  test.each(viewStatuses)("is for a paid order alone: %s", (status) => {
    expect(returnsByItself({ ...view, status })).toBe(status === "paid");
  });

  test.each([{ underReview: true }, { returned: true }, { timesPaid: 2 }])(
    "is not for a paid order with something to read: %j",
    (change) => {
      expect(returnsByItself({ ...view, status: "paid", ...change })).toBe(false);
    },
  );
});

describe("fillReturnAddress", () => {
  const id = "cs_AAAAAAAAAAAAAAAAAAAAAA";

  test("fills in the session's id wherever its place is marked, encoded braces too", () => {
    expect(
      fillReturnAddress("https://shop.example/{CHECKOUT_SESSION_ID}?s={CHECKOUT_SESSION_ID}#x", id),
    ).toBe(`https://shop.example/${id}?s=${id}#x`);
    expect(fillReturnAddress("https://shop.example/?s=%7bCHECKOUT_SESSION_ID%7D", id)).toBe(
      `https://shop.example/?s=${id}`,
    );
  });

  test("leaves an address without the mark as it is", () => {
    expect(fillReturnAddress("http://localhost:8080/thanks", id)).toBe("http://localhost:8080/thanks");
  });

  test.each([
    null,
    "",
    "/thanks",
    "//shop.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "intent://x#Intent;end",
    "mailto:a@shop.example",
  ])("gives no address for %j", (stored) => expect(fillReturnAddress(stored, id)).toBeUndefined());
});

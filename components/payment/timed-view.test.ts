import { afterEach, describe, expect, test, vi } from "vitest";
import { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import { toPaymentView } from "@/lib/payment/payment-view";
import { fetchView, pickNewer } from "./timed-view";

const order = {
  id: OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA"),
  amount: Rupiah.parse(150_000),
  paidAt: undefined,
  payment: undefined,
  underReview: false,
  received: undefined,
  returned: false,
};
const reading = (version: number, receivedAt = 0) => ({
  view: toPaymentView({ ...order, version }, new Date(0)),
  receivedAt,
});

afterEach(() => vi.unstubAllGlobals());

describe("the view on the page", () => {
  test("pickNewer never goes back to an older version, whichever answer comes last", () => {
    expect(pickNewer(reading(3), reading(2))).toEqual(reading(3));
    expect(pickNewer(reading(2), reading(3))).toEqual(reading(3));
  });

  test("pickNewer takes the same version again for its newer countdown", () => {
    expect(pickNewer(reading(3, 1), reading(3, 2)).receivedAt).toBe(2);
  });

  test.each([
    ["a captive portal's sign-in page", new Response("<html>", { status: 200 })],
    ["something else in JSON", Response.json({ hello: 1 })],
    ["a state of a later release", Response.json({ version: 1, status: "teleported" })],
    ["an unavailable database", Response.json({ error: "try again" }, { status: 503 })],
  ])("fetchView refuses an answer that is no payment view: %s", async (_, response) => {
    vi.stubGlobal("fetch", () => Promise.resolve(response));
    await expect(fetchView("/status")).rejects.toThrow();
  });
});

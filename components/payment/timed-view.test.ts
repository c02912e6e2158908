import { afterEach, describe, expect, test, vi } from "vitest";
import { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import { toPaymentView, type PaymentView } from "@/lib/payment/payment-view";
import { fetchView, pickNewer, toShown } from "./timed-view";

const order = {
  id: OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA"),
  amount: Rupiah.parse(150_000),
  paidAt: undefined,
  payment: undefined,
  underReview: false,
  received: undefined,
  returned: false,
};
const reading = (version: number, receivedAt = 0, changed: Partial<PaymentView> = {}) => ({
  view: { ...toPaymentView({ ...order, version }, new Date(0)), ...changed },
  receivedAt,
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the view on the page", () => {
  test("pickNewer never goes back to an older version, whichever answer comes last", () => {
    expect(pickNewer(reading(3), reading(2))).toEqual(reading(3));
    expect(pickNewer(reading(2), reading(3))).toEqual(reading(3));
  });

  test("toShown never goes back to an older version either", () => {
    expect(toShown(reading(3), reading(2))).toEqual(reading(3));
    expect(toShown(reading(2), reading(3))).toEqual(reading(3));
  });

  const waiting = reading(3, 10_000, { status: "awaiting_payment", secondsLeft: 600 });
  const answer = (laterMs: number, changed: Partial<PaymentView>) =>
    reading(3, waiting.receivedAt + laterMs, { ...waiting.view, ...changed });

  test.each([
    ["on time", 10_000],
    ["late", 10_900],
    ["early", 9_100],
  ])("stays the same one after an answer that says the same, %s", (_, laterMs) => {
    expect(toShown(waiting, answer(laterMs, { secondsLeft: 590 }))).toBe(waiting);
  });

  test("stays the same one after an answer that only knows of a newer check", () => {
    const lastCheck = { secondsAgo: 2, isAnswered: true, nextInSeconds: 60 };
    expect(toShown(waiting, answer(0, { lastCheck }))).toBe(waiting);
  });

  test.each<[string, Partial<PaymentView>]>([
    ["an earlier deadline than the countdown's", { secondsLeft: 588 }],
    ["a later one", { secondsLeft: 592 }],
    ["another status, of the same version", { status: "time_up", secondsLeft: undefined }],
    ["DOKU's steps, of the same version", { secondsLeft: 590, howToPay: [] }],
    ["a newer version", { secondsLeft: 590, version: 4 }],
  ])("is the answer's where it says %s", (_, changed) => {
    const changing = answer(10_000, changed);
    expect(toShown(waiting, changing)).toBe(changing);
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

  test("an answer that waited while the phone slept is as old as the latest that comes in time", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const askedAt = performance.now();
    vi.stubGlobal("fetch", () => {
      vi.advanceTimersByTime(20 * 60_000);
      return Promise.resolve(Response.json(waiting.view));
    });
    expect((await fetchView("/status")).receivedAt).toBe(askedAt + 10_000);
  });
});

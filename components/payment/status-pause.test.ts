import { expect, test } from "vitest";
import type { PaymentView } from "@/lib/payment/payment-view";
import { getStatusPauseMs } from "./status-pause";

const pause = (view: Partial<PaymentView>, isLive: boolean, asked = 0, sinceReceivedMs = 0): number =>
  getStatusPauseMs(
    { view: view as PaymentView, receivedAt: 1_000 },
    {
      now: 1_000 + sinceReceivedMs,
      isLive,
      asked,
    },
  );

test("grows from three seconds to half a minute without a stream", () => {
  expect([0, 1, 2, 50].map((asked) => pause({ secondsLeft: 3_600 }, false, asked))).toEqual([
    ...[3_000, 4_500, 6_750, 30_000],
  ]);
});

test.each([
  ["in the last five minutes of a code", 300, 0],
  ["when the last five minutes began since the answer", 360, 60_000],
  ["after the deadline", 10, 60_000],
])("is at most five seconds without a stream %s", (_, secondsLeft, since) => {
  expect(pause({ secondsLeft }, false, 50, since)).toBe(5_000);
  expect(pause({ secondsLeft }, false, 0, since)).toBe(3_000);
});

test.each<[string, Partial<PaymentView>, number]>([
  ["a minute while it waits for money", { secondsLeft: 3_600 }, 60_000],
  ["a minute where nothing is awaited", { status: "expired" }, 60_000],
  ["until the deadline, which no event announces", { secondsLeft: 20 }, 20_500],
  ["until a code takes long, which no event announces", { status: "preparing", preparingFor: 5 }, 15_500],
  ["a minute once it has taken long", { status: "preparing", preparingFor: 25 }, 60_000],
])("lasts, while the stream lives, %s", (_, view, ms) => {
  expect(pause(view, true)).toBe(ms);
});

test("is short after a deadline that the server has not seen yet, also while the stream lives", () => {
  expect(pause({ secondsLeft: 20 }, true, 0, 20_001)).toBe(3_000);
});

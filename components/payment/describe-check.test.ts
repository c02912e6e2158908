import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import en from "@/messages/en.json";
import id from "@/messages/id.json";
import type { PaymentView, ViewedCheck } from "@/lib/payment/payment-view";
import { describeCheck } from "./describe-check";

/** 14.02 WIB. */
const nowMs = Date.UTC(2026, 10, 28, 7, 2);
const nbsp = "\u00a0";
const toWords = (lastCheck: ViewedCheck | undefined, means: "code" | "link" = "code") =>
  describeCheck(
    {
      view: { lastCheck } as PaymentView,
      channel: { name: "Indodana", means },
      locale: "id",
      nowMs,
    },
    createTranslator({ locale: "id", messages: id, namespace: "payment.live" }),
  );

test("says as of when DOKU knows of no payment, and when it is asked again", () => {
  const answered = { secondsAgo: 65, isAnswered: true, nextInSeconds: 300 };
  expect(toWords(answered)).toContain(
    `belum mencatat pembayaran untuk kode ini, per 14.00${nbsp}WIB. Kami cek lagi sendiri pukul 14.07${nbsp}WIB.`,
  );
  expect(toWords(answered, "link")).toContain(`Indodana belum mencatat pembayaran, per 14.00${nbsp}WIB.`);
  const tomorrow = toWords({ ...answered, nextInSeconds: 24 * 3600 });
  expect(tomorrow).toContain(`cek lagi sendiri pada Minggu, 29${nbsp}Nov, 14.02${nbsp}WIB.`);
  expect(toWords({ ...answered, nextInSeconds: 5 })).toContain("cek lagi sendiri sebentar lagi.");
});

test("claims no answer where DOKU gave none", () => {
  const unanswered = { secondsAgo: 2, isAnswered: false, nextInSeconds: 120 };
  for (const lastCheck of [unanswered, undefined]) {
    expect(toWords(lastCheck)).toContain("DOKU belum menjawab.");
    expect(toWords(lastCheck)).not.toContain("belum mencatat");
  }
});

test("says the same in English", () => {
  const t = createTranslator({ locale: "en", messages: en, namespace: "payment.live" });
  const view = { lastCheck: { secondsAgo: 0, isAnswered: true, nextInSeconds: 300 } } as PaymentView;
  const words = describeCheck({ view, channel: { name: "Alfamart", means: "code" }, locale: "en", nowMs }, t);
  expect(words).toContain(`as of 14:02${nbsp}WIB. We look again by ourselves at 14:07${nbsp}WIB.`);
});

import { expect, test } from "vitest";
import { signedInquiry, signedNotification } from "./messages";
import { hasValidSignature, sample, toShape } from "./testing";

test("a notification has the shape of DOKU's sample, and a valid signature for the merchant's path", () => {
  const { body, headers } = signedNotification({
    invoice: "INV-1",
    code: "6059",
    amount: 150_000,
    serial: 7,
  });
  expect(toShape(JSON.parse(body))).toEqual(toShape(sample("alfa.notification.success")));
  const facts = { label: "Request-Timestamp", target: "/api/doku/notifications", body } as const;
  expect(hasValidSignature(headers, facts)).toBe(true);
  expect(hasValidSignature(headers, { ...facts, target: "/api/doku/inquiries" })).toBe(false);
});

test("an inquiry has the shape of DOKU's sample, and a valid signature for the merchant's path", () => {
  const { body, headers } = signedInquiry({ code: "8896512345678123", serial: 7 });
  expect(toShape(JSON.parse(body))).toEqual(toShape(sample("alfa.dipc.inquiry.request")));
  const facts = { label: "Request-Timestamp", target: "/api/doku/inquiries", body } as const;
  expect(hasValidSignature(headers, facts)).toBe(true);
});

import { expect, test } from "vitest";
import { isAllowedPaymentUrl } from "./payment-url";
import { hostileUrls } from "@/test/hostile-urls";

const allowed = ["sandbox01.indodana.com", ".indodana.co.id", "http://localhost:4010"];

test.each([
  "https://sandbox01.indodana.com/product-installment/payment?purchaseTransactionId=EMULATOR-TX-0001&tenure=3",
  "https://sandbox01.indodana.com",
  "https://sandbox01.indodana.com:443/x",
  "https://SANDBOX01.Indodana.com/x",
  "HTTPS://sandbox01.indodana.com/x",
  "https://pay.indodana.co.id/x",
  "https://a.b.indodana.co.id/x#top",
  "https://sandbox01.indodana.com/?next=https://evil.example/@x",
  "http://localhost:4010/indodana/pay/1",
])("allows a redirect to %s", (url) => {
  expect(isAllowedPaymentUrl(url, allowed)).toBe(true);
});

const hostile = hostileUrls("sandbox01.indodana.com");

test(`refuses all of ${hostile.length} hostile payment URLs (T19)`, () => {
  expect(hostile.length).toBeGreaterThan(150);
  for (const url of hostile) expect(isAllowedPaymentUrl(url, allowed), url).toBe(false);
});

test.each([
  "https://indodana.co.id/",
  "https://xindodana.co.id/",
  "https://pay-indodana.co.id/",
  "https://evilindodana.co.id/",
  "https://sub.sandbox01.indodana.com/",
  "https://indodana.com/",
  "https://localhost:4010/",
  "http://localhost:4011/",
  "http://127.0.0.1:4010/",
  "http://user@localhost:4010/",
  "http://localhost:4010@evil.example/",
])("matches hosts exactly, so refuses %s", (url) => {
  expect(isAllowedPaymentUrl(url, allowed)).toBe(false);
});

test.each([[[]], [[""]], [["."]], [["http://"]], [[".com."]]])(
  "refuses every URL with the list %j",
  (rules) => {
    for (const url of [
      "https://sandbox01.indodana.com/",
      "https://evil.example/",
      "http://localhost:4010/",
    ]) {
      expect(isAllowedPaymentUrl(url, rules)).toBe(false);
    }
  },
);

import { describe, expect, test } from "vitest";
import { PaymentCode } from "../payment/payment-code";
import { requestLike } from "@/test/sample-request";
import { channels } from "./registry";
import { parseSentDisplay } from "./sent-display";
import { toTillDisplay } from "./till-display";

const code = PaymentCode.parse("8896510000000001");
const toRequest = (name: string, merchantName: string) =>
  requestLike({ contact: { name, email: "", phone: "6281234567890" }, merchantName });
const withCodes = channels.filter(({ means }) => means === "code");

describe("toTillDisplay", () => {
  test.each([
    ["Ñandú — Dewi", "Toko “Senja”", { name: "Nandu - Dewi", info: 'Toko "Senja"' }],
    ["山田太郎", "山田商店", { name: "Pelanggan", info: "" }],
    ["", "Toko Senja", { name: "Pelanggan", info: "Toko Senja" }],
    ["n".repeat(41), "m".repeat(31), { name: "n".repeat(40), info: "m".repeat(30) }],
  ])("says of %j at %j what every channel of codes sends", (name, merchantName, display) => {
    const request = toRequest(name, merchantName);
    expect(toTillDisplay(request)).toEqual(display);
    for (const channel of withCodes) {
      const sent = JSON.stringify(channel.toRequestBody(request));
      expect(parseSentDisplay(sent), channel.id).toEqual(display);
      if (!channel.toInquiryAnswer) continue;
      const answered = JSON.stringify(channel.toInquiryAnswer({ ...request, code }));
      expect(parseSentDisplay(answered), channel.id).toEqual(display);
    }
  });

  test("takes the merchant's own text before the merchant's name", () => {
    const request = { ...toRequest("Sari", "Toko Senja"), terms: { info: "Iuran  Mei" } };
    expect(toTillDisplay(request).info).toBe("Iuran Mei");
  });
});

describe("parseSentDisplay", () => {
  test("gives what was sent, also where it would be sent otherwise today", () => {
    const sent = { customer: { name: "Ñandú" }, online_to_offline_info: { info: 5 } };
    expect(parseSentDisplay(JSON.stringify(sent))).toEqual({ name: "Ñandú", info: "" });
  });

  test.each(["", "{", "null", "[]", "{}", '{"customer":{"name":""}}', '{"customer":{"first_name":"Sari"}}'])(
    "is undefined for %j, which no till shows",
    (body) => expect(parseSentDisplay(body)).toBeUndefined(),
  );
});

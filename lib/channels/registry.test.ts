import { describe, expect, test } from "vitest";
import { Rupiah } from "../payment/rupiah";
import { misfitOf } from "./fitting";
import { channels, findChannel, getChannel } from "./registry";

describe("the ways to pay", () => {
  test("are three, each with an id and a DOKU id of its own", () => {
    expect(channels.map(({ id }) => id)).toEqual(["alfa", "indomaret", "indodana"]);
    expect(channels.map(({ dokuChannelId }) => dokuChannelId)).toEqual([
      "ONLINE_TO_OFFLINE_ALFA",
      "ONLINE_TO_OFFLINE_INDOMARET",
      "PEER_TO_PEER_INDODANA",
    ]);
  });

  test("go to the paths that DOKU's plugins use", () => {
    expect(channels.map(({ path }) => path)).toEqual([
      "/alfa-online-to-offline/v2/payment-code",
      "/indomaret-online-to-offline/v2/payment-code",
      "/indodana-peer-to-peer/v2/generate-order",
    ]);
  });

  test("take their default amounts for an hour, until settings say otherwise", () => {
    expect(channels.map(({ defaults }) => defaults)).toEqual([
      { min: 10_000, max: 2_500_000, expiresInMinutes: 60, enabled: true },
      { min: 10_000, max: 5_000_000, expiresInMinutes: 60, enabled: false },
      { min: 10_000, max: 25_000_000, expiresInMinutes: 60, enabled: true },
    ]);
  });

  test("end with a FAILED only where no code stays payable after one", () => {
    expect(channels.filter(({ failedEndsIt }) => failedEndsIt).map(({ means }) => means)).toEqual(["link"]);
  });

  test("change, cancel and ask for codes at Alfa alone, as DOKU's pages have it", () => {
    const nothing = { extend: false, cancel: false, amount: false, details: false };
    expect(Object.fromEntries(channels.map(({ id, can }) => [id, can]))).toEqual({
      alfa: { extend: true, cancel: true, amount: true, details: true, reuse: true },
      indomaret: { ...nothing, reuse: true },
      indodana: { ...nothing, reuse: false },
    });
    const kinds = Object.fromEntries(channels.map(({ id, codeKinds }) => [id, codeKinds]));
    expect(kinds).toEqual({ alfa: ["dgpc", "mgpc", "dipc"], indomaret: ["dgpc"], indodana: [] });
  });

  test("offer a change only with a request for it, and direct inquiry only with an answer to it", () => {
    for (const { id, can, codeKinds, toChangeBody, toInquiryAnswer } of channels) {
      const isChanged = can.extend || can.cancel || can.amount || can.details;
      expect([id, toChangeBody !== undefined]).toEqual([id, isChanged]);
      expect([id, toInquiryAnswer !== undefined]).toEqual([id, codeKinds.includes("dipc")]);
    }
  });

  test("share out money only where DOKU holds it, which is not under a contract of the merchant's own", () => {
    expect(channels.filter(({ settles }) => settles).map(({ id }) => id)).toEqual(["alfa", "indodana"]);
  });

  test("name the hosts of their pages where the shopper pays on one, and none where a code is paid", () => {
    for (const { id, means, paymentHosts } of channels) {
      expect(paymentHosts.length > 0, id).toBe(means === "link");
      for (const host of paymentHosts) expect(host, id).toMatch(/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    }
  });

  test("are found by id, and nothing else is", () => {
    for (const channel of channels) expect(findChannel(channel.id)).toBe(channel);
    for (const id of ["", "ALFA", "alfamart", "__proto__", "constructor"]) {
      expect(findChannel(id)).toBeUndefined();
      expect(() => getChannel(id)).toThrow(`No such channel: ${id}`);
    }
  });
});

describe("whether an order fits", () => {
  const alfa = getChannel("alfa");
  const indodana = getChannel("indodana");
  const order = (amount: number, items = 1) => ({
    amount: Rupiah.parse(amount),
    items: Array.from({ length: items }, (_, at) => ({
      price: Rupiah.parse(at === 0 ? amount - items + 1 : 1),
      quantity: 1,
    })),
  });

  test.each([
    [9_999, { because: "below_limit", limit: 10_000 }],
    [10_000, undefined],
    [2_500_000, undefined],
    [2_500_001, { because: "above_limit", limit: 2_500_000 }],
  ])("is told for %d rupiah, both ends taken", (amount, misfit) => {
    expect(misfitOf(alfa, alfa.defaults, order(amount))).toEqual(misfit);
  });

  test("is told by the settings and not by the defaults", () => {
    const limits = { ...alfa.defaults, max: Rupiah.parse(20_000) };
    expect(misfitOf(alfa, limits, order(20_001))).toEqual({ because: "above_limit", limit: 20_000 });
  });

  test("hangs on the number of lines only where they are sent", () => {
    expect(misfitOf(indodana, indodana.defaults, order(50_000, 100))).toBeUndefined();
    expect(misfitOf(indodana, indodana.defaults, order(50_000, 101))).toEqual({
      because: "too_many_items",
      limit: 100,
    });
    expect(misfitOf(alfa, alfa.defaults, order(50_000, 101))).toBeUndefined();
  });

  test("hangs on the lines' sum only where they are sent", () => {
    const changed = { ...order(50_000), amount: Rupiah.parse(40_000) };
    expect(misfitOf(indodana, indodana.defaults, changed)).toEqual({ because: "amount_changed" });
    expect(misfitOf(alfa, alfa.defaults, changed)).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import { Rupiah } from "../payment/rupiah";
import type { Channel } from "./channel";
import { checkEligibility } from "./eligibility";
import { channels, findChannel, getChannel } from "./registry";

/**
 * What DOKU's pages say about each channel (docs/doku-protocol.md). Akulaku, which they do not describe, has its own
 * test.
 */
const noChange = { extend: false, cancel: false, amount: false, details: false, validity: false };
const documented: Record<string, Partial<Channel>> = {
  alfa: {
    dokuChannelId: "ONLINE_TO_OFFLINE_ALFA",
    path: "/alfa-online-to-offline/v2/payment-code",
    defaults: limits(2_500_000, true),
    can: { extend: true, cancel: true, amount: true, details: true, validity: true, reuse: true },
    codeKinds: ["dgpc", "mgpc", "dipc"],
    settles: true,
  },
  indomaret: {
    dokuChannelId: "ONLINE_TO_OFFLINE_INDOMARET",
    path: "/indomaret-online-to-offline/v2/payment-code",
    defaults: limits(5_000_000, false),
    can: { ...noChange, reuse: true },
    codeKinds: ["dgpc"],
    settles: false,
  },
  indodana: {
    dokuChannelId: "PEER_TO_PEER_INDODANA",
    path: "/indodana-peer-to-peer/v2/generate-order",
    defaults: limits(25_000_000, true),
    can: { ...noChange, reuse: false },
    codeKinds: [],
    settles: true,
  },
};

function limits(max: number, enabled: boolean) {
  return { min: Rupiah.parse(10_000), max: Rupiah.parse(max), expiresInMinutes: 60, enabled };
}

describe("channels", () => {
  test("have distinct ids, DOKU ids and paths", () => {
    for (const values of [
      channels.map(({ id }) => id),
      channels.map(({ dokuChannelId }) => dokuChannelId),
      channels.map(({ path }) => path),
    ])
      expect(new Set(values).size).toBe(values.length);
  });

  test.each(Object.entries(documented))("describe %s as DOKU's pages do", (id, facts) => {
    expect(getChannel(id)).toMatchObject(facts);
  });

  test("end with FAILED only when they have no payment codes", () => {
    for (const { id, failedIsFinal, means } of channels)
      expect([id, failedIsFinal]).toEqual([id, means === "link"]);
  });

  test("offer changes only with a change request, and direct inquiry only with an answer", () => {
    for (const { id, can, codeKinds, toChangeBody, toInquiryAnswer } of channels) {
      const isChanged = can.extend || can.cancel || can.amount || can.details;
      expect([id, toChangeBody !== undefined]).toEqual([id, isChanged]);
      expect([id, toInquiryAnswer !== undefined]).toEqual([id, codeKinds.includes("dipc")]);
    }
  });

  test("list payment hosts when the shopper pays on a page, and none when a code is paid", () => {
    for (const { id, means, paymentHosts } of channels) {
      expect(paymentHosts.length > 0, id).toBe(means === "link");
      for (const host of paymentHosts) expect(host, id).toMatch(/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    }
  });

  test("are found by their id only", () => {
    for (const channel of channels) expect(findChannel(channel.id)).toBe(channel);
    for (const id of ["", "ALFA", "alfamart", "__proto__", "constructor"]) {
      expect(findChannel(id)).toBeUndefined();
      expect(() => getChannel(id)).toThrow(`No such channel: ${id}`);
    }
  });
});

describe("checkEligibility", () => {
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
  ])("checks %d rupiah against inclusive limits", (amount, ineligibility) => {
    expect(checkEligibility(alfa, alfa.defaults, order(amount))).toEqual(ineligibility);
  });

  test("uses the limits from settings, not the defaults", () => {
    const limits = { ...alfa.defaults, max: Rupiah.parse(20_000) };
    expect(checkEligibility(alfa, limits, order(20_001))).toEqual({ because: "above_limit", limit: 20_000 });
  });

  test("refuses an order whose money the channel cannot share out, whatever its amount", () => {
    for (const amount of [1, 50_000]) {
      const shared = { ...order(amount), lacksShares: true };
      expect(checkEligibility(indodana, indodana.defaults, shared)).toEqual({ because: "has_shares" });
    }
  });

  test("limits the number of lines only where lines are sent", () => {
    expect(checkEligibility(indodana, indodana.defaults, order(50_000, 100))).toBeUndefined();
    expect(checkEligibility(indodana, indodana.defaults, order(50_000, 101))).toEqual({
      because: "too_many_items",
      limit: 100,
    });
    expect(checkEligibility(alfa, alfa.defaults, order(50_000, 101))).toBeUndefined();
  });

  test("compares the lines' sum with the amount only where lines are sent", () => {
    const changed = { ...order(50_000), amount: Rupiah.parse(40_000) };
    expect(checkEligibility(indodana, indodana.defaults, changed)).toEqual({ because: "amount_changed" });
    expect(checkEligibility(alfa, alfa.defaults, changed)).toBeUndefined();
  });
});

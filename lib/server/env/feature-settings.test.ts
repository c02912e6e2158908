import { describe, expect, test } from "vitest";
import { alfa } from "@/lib/channels/alfa";
import { indodana } from "@/lib/channels/indodana";
import { indomaret } from "@/lib/channels/indomaret";
import { parseFeatures, parseShares } from "./feature-settings";

const live = (env: Record<string, string>) => parseFeatures(env, false);

describe("settings for features of a DOKU account", () => {
  test("leave all features off by default, but for codes that DOKU makes", () => {
    const { features, problems } = live({});
    expect(problems).toEqual([]);
    expect(features[alfa.id]).toMatchObject({
      bin: undefined,
      codeKinds: ["dgpc"],
      insurance: false,
      changePath: undefined,
      merchantCodePath: "/alfa-online-to-offline/v2/merchant-payment-code",
    });
    expect(features[indomaret.id]?.codeKinds).toEqual(["dgpc"]);
    expect(features[indodana.id]?.codeKinds).toEqual([]);
  });

  test("switch all features of a channel on with the simulator", () => {
    const { features } = parseFeatures({}, true);
    expect(features[alfa.id]).toMatchObject({
      bin: { digits: "889651", model: "aggregator" },
      codeKinds: ["dgpc", "mgpc", "dipc"],
      insurance: true,
    });
    // Indomaret has no merchant codes, no direct inquiry and no insurance.
    expect(features[indomaret.id]).toMatchObject({ codeKinds: ["dgpc"], insurance: false });
  });

  test("switch features on one by one", () => {
    const env = { ALFA_BIN: "889651", ALFA_DIRECT_INQUIRY: "true", ALFA_INSURANCE: "true" };
    expect(live(env).features[alfa.id]).toMatchObject({ codeKinds: ["dgpc", "dipc"], insurance: true });
    const direct = { ALFA_BIN: "00123", ALFA_BIN_MODEL: "direct", ALFA_MERCHANT_CODES: "true" };
    expect(live(direct)).toMatchObject({
      problems: [],
      features: { [alfa.id]: { bin: { digits: "00123", model: "direct" }, codeKinds: ["dgpc", "mgpc"] } },
    });
  });

  test("can switch features off with the simulator", () => {
    const { features } = parseFeatures({ ALFA_MERCHANT_CODES: "false", ALFA_DIRECT_INQUIRY: "false" }, true);
    expect(features[alfa.id]?.codeKinds).toEqual(["dgpc"]);
  });

  test("send the sub account to Alfa alone, unless they say otherwise", () => {
    const sentTo = (env: Record<string, string>) =>
      Object.entries(live(env).features).flatMap(([id, { subAccount }]) => (subAccount ? [id] : []));
    expect(sentTo({})).toEqual(["alfa"]);
    expect(sentTo({ ALFA_SUB_ACCOUNT: "false", INDOMARET_SUB_ACCOUNT: "true" })).toEqual(["indomaret"]);
  });

  test("can set other paths", () => {
    const env = { ALFA_MERCHANT_CODE_PATH: "/alfa/v3/own", ALFA_CHANGE_PATH: "/alfa/v3/change" };
    expect(live(env).features[alfa.id]).toMatchObject({
      merchantCodePath: "/alfa/v3/own",
      changePath: "/alfa/v3/change",
    });
  });

  test.each([
    [{ ALFA_MERCHANT_CODES: "true" }, "ALFA_BIN is needed"],
    [{ ALFA_DIRECT_INQUIRY: "true" }, "ALFA_BIN is needed"],
    [{ ALFA_BIN: "12345" }, "ALFA_BIN takes 6 digits or more"],
    [{ ALFA_BIN: "88965x" }, "ALFA_BIN takes 6 digits or more"],
    [{ ALFA_BIN: "889651", ALFA_BIN_MODEL: "direct" }, "ALFA_BIN takes 6 digits or more"],
    [{ ALFA_BIN: "889651", ALFA_BIN_MODEL: "own" }, "ALFA_BIN_MODEL"],
    [{ ALFA_MERCHANT_CODES: "yes" }, "ALFA_MERCHANT_CODES must be true or false"],
    [{ ALFA_MERCHANT_CODE_PATH: "https://elsewhere.example/x" }, "ALFA_MERCHANT_CODE_PATH must be a path"],
    [{ ALFA_CHANGE_PATH: "/alfa?x=1" }, "ALFA_CHANGE_PATH must be a path"],
  ])("report the problem with %j", (env, sentence) => {
    expect(live(env).problems.join("\n")).toContain(sentence);
  });
});

describe("settings for shares", () => {
  const given = {
    SPLIT_SETTLEMENT: "true",
    SETTLEMENT_SHARES: "SBA-0001-123:PERCENTAGE:30, SBA-0001-456:FIX:2500",
  };

  test("allow no shares until split settlement is switched on", () => {
    expect(parseShares({}, false)).toEqual({ shares: undefined, problems: [] });
    expect(parseShares({ SPLIT_SETTLEMENT: "true" }, false)).toEqual({ shares: [], problems: [] });
  });

  test("allow shares with the simulator, and define none by default", () => {
    expect(parseShares({}, true)).toEqual({ shares: [], problems: [] });
    expect(parseShares({ SPLIT_SETTLEMENT: "false" }, true)).toEqual({ shares: undefined, problems: [] });
  });

  test("keep the order of shares", () => {
    expect(parseShares(given, false)).toEqual({
      shares: [
        { account: "SBA-0001-123", type: "PERCENTAGE", value: 30 },
        { account: "SBA-0001-456", type: "FIX", value: 2500 },
      ],
      problems: [],
    });
  });

  test.each([
    [{ ...given, SPLIT_SETTLEMENT: "false" }, "need SPLIT_SETTLEMENT=true"],
    [{ ...given, SPLIT_SETTLEMENT: "on" }, "SPLIT_SETTLEMENT must be true or false"],
    [{ ...given, SETTLEMENT_SHARES: "SBA-1:PERCENTAGE:60,SBA-2:PERCENTAGE:41" }, "more than 100 percent"],
    [{ ...given, SETTLEMENT_SHARES: "SBA-1:PERCENTAGE:60,SBA-1:FIX:41" }, "one account twice"],
    [{ ...given, SETTLEMENT_SHARES: "SBA-1:PERCENT:60" }, "must be a list such as"],
    [{ ...given, SETTLEMENT_SHARES: "SBA-1:FIX" }, "must be a list such as"],
    [{ ...given, SETTLEMENT_SHARES: "SBA-1:FIX:2.5" }, "must be a list such as"],
  ])("report the problem with shares %j", (env, sentence) => {
    expect(parseShares(env, false).problems.join("\n")).toContain(sentence);
  });
});

import { describe, expect, test } from "vitest";
import { everyFeature } from "@/test/sample-features";
import { channels } from "@/lib/channels/registry";
import { readMakeForm } from "./schema";
import { offersOf } from "./_components/offers";

const limits = Object.fromEntries(channels.map(({ id, defaults }) => [id, { ...defaults, enabled: true }]));
const everything = offersOf({ channels: limits, features: everyFeature, shares: [] });

const usual = {
  channel: "alfa",
  codeKind: "dgpc",
  amount: "150.000",
  description: "Isi ulang saldo",
  name: "Sri Wahyuni",
  lasts: "2",
  lastsUnit: "days",
};
const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...usual, ...fields })) data.set(name, value);
  return data;
};
const read = (fields: Record<string, string> = {}, offers = everything) => readMakeForm(form(fields), offers);
const problems = (fields: Record<string, string>, offers = everything) => {
  const found = read(fields, offers);
  return found.outcome === "invalid" ? found.problems : {};
};
const policy = {
  policyType: "Dana Pendidikan",
  policyNumber: "9090901234",
  policyAccountName: "Taufik Ismail",
  policyStatus: "aktif",
  billDueDate: "21 May 2021",
};

describe("a form that is right", () => {
  test("a bill and a name are enough", () => {
    expect(read()).toEqual({
      outcome: "read",
      input: {
        channel: "alfa",
        codeKind: "dgpc",
        code: "",
        amount: 150_000,
        description: "Isi ulang saldo",
        contact: { name: "Sri Wahyuni", email: "", phone: "" },
        expiresInMinutes: 2880,
        reusable: false,
        // Said to be none: left out, the merchant's usual shares would be taken.
        terms: { settlement: [] },
      },
    });
  });

  test("every optional field is read", () => {
    const all = {
      ...{ codeKind: "mgpc", code: " 8896 5100 0000 0001 ", reusable: "on", email: "sri@example.com" },
      ...{ phone: "0812 3456 7890", info: "Top up", footer1: "Terima kasih", footer3: "Sampai jumpa" },
      ...policy,
      ...{ shareAccount2: "SBA-0001-1", shareType2: "PERCENTAGE", shareValue2: "10 %" },
      ...{ shareAccount5: "SBA-0001-2", shareType5: "FIX", shareValue5: "Rp25.000" },
    };
    expect(read(all)).toMatchObject({
      input: {
        code: "8896 5100 0000 0001",
        reusable: true,
        contact: { email: "sri@example.com", phone: "6281234567890" },
        terms: {
          info: "Top up",
          footer: ["Terima kasih", "", "Sampai jumpa"],
          insurance: policy,
          settlement: [
            { account: "SBA-0001-1", type: "PERCENTAGE", value: 10 },
            { account: "SBA-0001-2", type: "FIX", value: 25_000 },
          ],
        },
      },
    });
  });

  test.each([
    ["1", "minutes", 1],
    ["99999", "minutes", 99_999],
    ["36", "hours", 2160],
    ["69", "days", 99_360],
  ])("%s %s become minutes", (lasts, lastsUnit, expiresInMinutes) =>
    expect(read({ lasts, lastsUnit })).toMatchObject({ input: { expiresInMinutes } }),
  );
});

describe("what a choice has no use for", () => {
  const stray = {
    ...{ code: "x", reusable: "on", ...policy, policyNumber: "" },
    ...{ shareAccount1: "?", shareValue1: "-" },
  };

  test("a bill of direct inquiry ignores shares and whether it can be paid again", () => {
    const { code: _code, ...others } = stray;
    const found = read({ ...others, ...policy, codeKind: "dipc" });
    expect(found).toMatchObject({ input: { codeKind: "dipc", reusable: false } });
    expect(found.outcome === "read" && found.input.terms).toEqual({ insurance: policy });
  });

  test("Indomaret ignores own codes, policies, shares and a second footer line", () => {
    const foot = { footer1: "Terima kasih", footer2: "☕", footer3: "Sampai jumpa" };
    const found = read({ ...stray, ...foot, channel: "indomaret", receiptDescription: "Iuran" });
    expect(found).toMatchObject({ input: { code: "", reusable: true } });
    expect(found.outcome === "read" && found.input.terms).toEqual({
      ...{ description: "Iuran", footer: ["Terima kasih"] },
    });
  });
});

describe("everything that is wrong is named at its field, at once", () => {
  test("all missing fields are named at once", () => {
    const nothing = { amount: "", description: " ", name: "", lasts: "", channel: "", codeKind: "" };
    expect(problems(nothing)).toEqual({
      channel: { word: "channel" },
      codeKind: { word: "codeKind" },
      amount: { word: "amount" },
      description: { word: "description" },
      name: { word: "name" },
      lasts: { word: "lasts" },
    });
  });

  test("wrong fields are named together with the limits of the channel", () => {
    expect(
      problems({
        ...{ codeKind: "mgpc", code: "7896510000", amount: "5.000", info: "i".repeat(31), name: "" },
        ...{ shareAccount1: "SBA-1", shareValue1: "60", shareType1: "PERCENTAGE" },
        ...{ shareAccount2: "SBA-2", shareValue2: "41", shareType2: "PERCENTAGE" },
      }),
    ).toEqual({
      code: { word: "other_bin", bin: "889651", most: 20 },
      amount: { word: "below_limit", limit: 10_000 },
      info: { word: "long", most: 30 },
      name: { word: "name" },
      shares: { word: "above_hundred_percent" },
    });
  });

  test.each([
    [{ amount: "1.50" }, { amount: { word: "amount" } }],
    [{ amount: "-5000" }, { amount: { word: "amount" } }],
    [{ amount: "2.500.001" }, { amount: { word: "above_limit", limit: 2_500_000 } }],
    [{ description: "d".repeat(101) }, { description: { word: "long", most: 100 } }],
    [{ name: "n".repeat(41) }, { name: { word: "long", most: 40 } }],
    [{ email: "sri@" }, { email: { word: "email" } }],
    [{ phone: "12" }, { phone: { word: "phone" } }],
    [{ lasts: "0" }, { lasts: { word: "lasts" } }],
    [{ lasts: "1.5" }, { lasts: { word: "lasts" } }],
    [{ lasts: "70", lastsUnit: "days" }, { lasts: { word: "lasts" } }],
    [{ lastsUnit: "weeks" }, { lasts: { word: "lasts" } }],
    [{ info: "Kopi — Teh" }, { info: { word: "unprintable" } }],
    [{ footer2: "f".repeat(41) }, { footer2: { word: "long", most: 40 } }],
    [{ footer3: "☕" }, { footer3: { word: "unprintable" } }],
    [{ codeKind: "mgpc", code: "8896O1" }, { code: { word: "not_digits", bin: "889651", most: 20 } }],
    [{ ...policy, policyStatus: "" }, { policyStatus: { word: "policy" } }],
    [{ ...policy, policyNumber: "№ 9" }, { policyNumber: { word: "unprintable" } }],
    [
      { shareAccount1: "SBA 1", shareType1: "FIX", shareValue1: "1" },
      { shareAccount1: { word: "shareAccount" } },
    ],
    [{ shareAccount4: "SBA-1", shareType4: "FIX" }, { shareValue4: { word: "shareValue" } }],
    // Two and a half percent must not become twenty-five.
    [
      { shareAccount1: "SBA-1", shareType1: "PERCENTAGE", shareValue1: "2.5" },
      { shareValue1: { word: "shareValue" } },
    ],
    [
      { shareAccount1: "SBA-1", shareType1: "FIX", shareValue1: "150.001" },
      { shares: { word: "above_amount" } },
    ],
    [{ channel: "indomaret", codeKind: "mgpc" }, { codeKind: { word: "kindOff" } }],
    [{ channel: "indodana" }, { channel: { word: "channel" } }],
  ])("these fields have these errors: %j", (fields, expected) => expect(problems(fields)).toEqual(expected));
});

test("a feature that is switched off cannot be used by sending its fields", () => {
  const dgpcOnly = Object.fromEntries(
    channels.map(({ id }) => [
      id,
      {
        bin: undefined,
        codeKinds: ["dgpc" as const],
        insurance: false,
        merchantCodePath: "/x",
        changePath: undefined,
        subAccount: false,
      },
    ]),
  );
  const closed = Object.fromEntries(
    channels.map(({ id, defaults }) => [id, { ...defaults, enabled: false }]),
  );
  const offers = offersOf({ channels: closed, features: dgpcOnly, shares: undefined });
  expect(problems({ codeKind: "mgpc" }, offers)).toEqual({
    channel: { word: "channelOff" },
    codeKind: { word: "kindOff" },
  });
  const plain = offersOf({ channels: limits, features: dgpcOnly, shares: undefined });
  const found = read({ ...policy, shareAccount1: "SBA-1", shareType1: "FIX", shareValue1: "1" }, plain);
  expect(found.outcome === "read" && found.input.terms).toEqual({});
});

test("a file in place of a text counts as a missing text", () => {
  const data = form({});
  data.set("name", new Blob(["x"]), "name.txt");
  data.set("info", new Blob(["x"]), "info.txt");
  const found = readMakeForm(data, everything);
  expect(found.outcome === "invalid" && found.problems).toEqual({ name: { word: "name" } });
});

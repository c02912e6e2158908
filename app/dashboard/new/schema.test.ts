import { describe, expect, test } from "vitest";
import { everyFeature } from "@/test/sample-features";
import { channels } from "@/lib/channels/registry";
import { pickFields } from "@/app/_components/known-fields";
import { postedNames } from "./_components/field-names";
import { listOffers } from "./_components/offers";
import { parseNewCodeForm } from "./schema";

const limits = Object.fromEntries(channels.map(({ id, defaults }) => [id, { ...defaults, enabled: true }]));
const everything = listOffers({ channels: limits, features: everyFeature, shares: [] });

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
/** With each problem as JSON in place of its sentence. */
const parseForm = (data: FormData, offers = everything) =>
  parseNewCodeForm(pickFields(data, postedNames), offers, (problem) => JSON.stringify(problem));
const parse = (fields: Record<string, string> = {}, offers = everything) => {
  const parsed = parseForm(form(fields), offers);
  return parsed.status === "success" ? parsed.value : undefined;
};
const toProblems = (parsed: ReturnType<typeof parseForm>) => {
  const errors = parsed.status === "error" ? Object.entries(parsed.error ?? {}) : [];
  return Object.fromEntries(errors.map(([field, texts]) => [field, JSON.parse(texts?.[0] ?? "{}")]));
};
const problems = (fields: Record<string, string>, offers = everything) =>
  toProblems(parseForm(form(fields), offers));
const policy = {
  policyType: "Dana Pendidikan",
  policyNumber: "9090901234",
  policyAccountName: "Taufik Ismail",
  policyStatus: "aktif",
  billDueDate: "21 May 2021",
};

describe("parseNewCodeForm with valid fields", () => {
  test("needs no more than a bill and a name", () => {
    expect(parse()).toEqual({
      channel: "alfa",
      codeKind: "dgpc",
      code: "",
      amount: 150_000,
      description: "Isi ulang saldo",
      contact: { name: "Sri Wahyuni", email: "", phone: "" },
      expiresInMinutes: 2880,
      reusable: false,
      // Without this empty list the merchant's usual shares would be taken.
      terms: { settlement: [] },
    });
  });

  test("parses every optional field", () => {
    const all = {
      ...{ codeKind: "mgpc", code: " 8896 5100 0000 0001 ", reusable: "on", email: "sri@example.com" },
      ...{ phone: "0812 3456 7890", info: "Top up", footer1: "Terima kasih", footer3: "Sampai jumpa" },
      ...policy,
      ...{ shareAccount2: "SBA-0001-1", shareType2: "PERCENTAGE", shareValue2: "10 %" },
      ...{ shareAccount5: "SBA-0001-2", shareType5: "FIX", shareValue5: "Rp25.000" },
    };
    expect(parse(all)).toMatchObject({
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
    });
  });

  test.each([
    ["1", "minutes", 1],
    ["99999", "minutes", 99_999],
    ["36", "hours", 2160],
    ["69", "days", 99_360],
  ])("turns %s %s into minutes", (lasts, lastsUnit, expiresInMinutes) =>
    expect(parse({ lasts, lastsUnit })).toMatchObject({ expiresInMinutes }),
  );
});

describe("parseNewCodeForm with fields that a choice does not use", () => {
  const unused = {
    ...{ code: "x", reusable: "on", ...policy, policyNumber: "" },
    ...{ shareAccount1: "?", shareValue1: "-" },
  };

  test("ignores shares and repeated payment for a bill of direct inquiry", () => {
    const { code: _code, ...others } = unused;
    const input = parse({ ...others, ...policy, codeKind: "dipc" });
    expect(input).toMatchObject({ codeKind: "dipc", reusable: false });
    expect(input?.terms).toEqual({ insurance: policy });
  });

  test("ignores own codes, policies, shares and a second footer line at Indomaret", () => {
    const foot = { footer1: "Terima kasih", footer2: "☕", footer3: "Sampai jumpa" };
    const input = parse({ ...unused, ...foot, channel: "indomaret", receiptDescription: "Iuran" });
    expect(input).toMatchObject({ code: "", reusable: true });
    expect(input?.terms).toEqual({ description: "Iuran", footer: ["Terima kasih"] });
  });
});

describe("parseNewCodeForm with invalid fields", () => {
  test("names all missing fields at once", () => {
    const nothing = { amount: "", description: " ", name: "", lasts: "", channel: "", codeKind: "" };
    expect(problems(nothing)).toEqual({
      channel: { key: "channel" },
      codeKind: { key: "codeKind" },
      amount: { key: "amount" },
      description: { key: "description" },
      name: { key: "name" },
      lasts: { key: "lasts" },
    });
  });

  test("names wrong fields together with the limits of the channel", () => {
    expect(
      problems({
        ...{ codeKind: "mgpc", code: "7896510000", amount: "5.000", info: "i".repeat(31), name: "" },
        ...{ shareAccount1: "SBA-1", shareValue1: "60", shareType1: "PERCENTAGE" },
        ...{ shareAccount2: "SBA-2", shareValue2: "41", shareType2: "PERCENTAGE" },
      }),
    ).toEqual({
      code: { key: "other_bin", bin: "889651", most: 20 },
      amount: { key: "below_limit", limit: 10_000 },
      info: { key: "long", most: 30 },
      name: { key: "name" },
      shares: { key: "above_hundred_percent" },
    });
  });

  test.each([
    [{ amount: "1.50" }, { amount: { key: "amount" } }],
    [{ amount: "-5000" }, { amount: { key: "amount" } }],
    [{ amount: "2.500.001" }, { amount: { key: "above_limit", limit: 2_500_000 } }],
    [{ description: "d".repeat(101) }, { description: { key: "long", most: 100 } }],
    [{ name: "\u200b\u200b" }, { name: { key: "name" } }],
    [{ name: "n".repeat(41) }, { name: { key: "long", most: 40 } }],
    [{ email: "sri@" }, { email: { key: "email" } }],
    [{ phone: "12" }, { phone: { key: "phone" } }],
    [{ lasts: "0" }, { lasts: { key: "lasts" } }],
    [{ lasts: "1.5" }, { lasts: { key: "lasts" } }],
    [{ lasts: "70", lastsUnit: "days" }, { lasts: { key: "lasts" } }],
    [{ lastsUnit: "weeks" }, { lasts: { key: "lasts" } }],
    [{ info: "Kopi — Teh" }, { info: { key: "unprintable" } }],
    [{ footer2: "f".repeat(41) }, { footer2: { key: "long", most: 40 } }],
    [{ footer3: "☕" }, { footer3: { key: "unprintable" } }],
    [{ codeKind: "mgpc", code: "8896O1" }, { code: { key: "not_digits", bin: "889651", most: 20 } }],
    [{ ...policy, policyStatus: "" }, { policyStatus: { key: "policy" } }],
    [{ ...policy, policyNumber: "№ 9" }, { policyNumber: { key: "unprintable" } }],
    [
      { shareAccount1: "SBA 1", shareType1: "FIX", shareValue1: "1" },
      { shareAccount1: { key: "shareAccount" } },
    ],
    [{ shareAccount4: "SBA-1", shareType4: "FIX" }, { shareValue4: { key: "shareValue" } }],
    // Two and a half percent must not become twenty-five.
    [
      { shareAccount1: "SBA-1", shareType1: "PERCENTAGE", shareValue1: "2.5" },
      { shareValue1: { key: "shareValue" } },
    ],
    [
      { shareAccount1: "SBA-1", shareType1: "FIX", shareValue1: "150.001" },
      { shares: { key: "above_amount" } },
    ],
    [{ channel: "indomaret", codeKind: "mgpc" }, { codeKind: { key: "kindOff" } }],
    [{ channel: "indodana" }, { channel: { key: "channel" } }],
  ])("names what is wrong with %j", (fields, expected) => expect(problems(fields)).toEqual(expected));
});

test("refuses the fields of a feature that is switched off", () => {
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
  const offers = listOffers({ channels: closed, features: dgpcOnly, shares: undefined });
  expect(problems({ codeKind: "mgpc" }, offers)).toEqual({
    channel: { key: "channelOff" },
    codeKind: { key: "kindOff" },
  });
  const plain = listOffers({ channels: limits, features: dgpcOnly, shares: undefined });
  const input = parse({ ...policy, shareAccount1: "SBA-1", shareType1: "FIX", shareValue1: "1" }, plain);
  expect(input?.terms).toEqual({});
});

test("treats a file in place of a text as a missing text", () => {
  const data = form({});
  data.set("name", new Blob(["x"]), "name.txt");
  data.set("info", new Blob(["x"]), "info.txt");
  expect(toProblems(parseForm(data))).toEqual({ name: { key: "name" } });
});

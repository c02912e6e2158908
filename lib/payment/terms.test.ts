import { describe, expect, test } from "vitest";
import { footerOnWire, Terms } from "./terms";

const policy = {
  policyType: "Dana Pendidikan",
  policyNumber: "9090901234",
  policyAccountName: "Taufik Ismail",
  policyStatus: "aktif",
  billDueDate: "21 May 2021",
};
const findInvalidPaths = (terms: unknown) =>
  Terms.safeParse(terms).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("Terms", () => {
  test("accepts no terms and all terms", () => {
    expect(Terms.parse({})).toEqual({});
    const all = {
      info: "Top up wallet",
      footer: ["a", "", "c"],
      description: "Iuran",
      insurance: policy,
      settlement: [{ account: "SBA-0001-1", type: "FIX", value: 2500 }],
    };
    expect(Terms.parse(all)).toEqual(all);
  });

  test.each([
    ["info", { info: "i".repeat(31) }],
    ["info", { info: "" }],
    ["info", { info: "Kopi — Teh" }],
    ["info", { info: "Kopi ☕" }],
    ["info", { info: "dua\nbaris" }],
    ["description", { description: "d".repeat(41) }],
    ["footer.1", { footer: ["ok", "f".repeat(41)] }],
    ["footer", { footer: ["1", "2", "3", "4"] }],
    ["insurance.policyNumber", { insurance: { ...policy, policyNumber: "" } }],
    ["insurance.billDueDate", { insurance: { ...policy, billDueDate: "x".repeat(65) } }],
    ["settlement.0.account", { settlement: [{ account: "SBA 1", type: "FIX", value: 1 }] }],
    ["settlement.0.value", { settlement: [{ account: "SBA-1", type: "FIX", value: 0 }] }],
    ["settlement.0.value", { settlement: [{ account: "SBA-1", type: "PERCENTAGE", value: 2.5 }] }],
    ["settlement.0.type", { settlement: [{ account: "SBA-1", type: "percentage", value: 1 }] }],
  ])("names the invalid field %s of %j", (path, terms) => expect(findInvalidPaths(terms)).toEqual([path]));

  test("accepts texts up to the length that a till prints", () => {
    expect(
      findInvalidPaths({ info: "i".repeat(30), description: "d".repeat(40), footer: ["f".repeat(40)] }),
    ).toEqual([]);
    expect(Terms.parse({ info: ` ${"i".repeat(30)} ` }).info).toHaveLength(30);
  });
});

describe("footerOnWire", () => {
  test("pads every line but the last to the paper's width, without a line break", () => {
    expect(footerOnWire(["satu", "dua"])).toBe(`${"satu".padEnd(40)}dua`);
    expect(footerOnWire(["", "", "tiga"])).toBe(`${" ".repeat(80)}tiga`);
    expect(footerOnWire(["a".repeat(40), "b".repeat(40), "c".repeat(40)])).toHaveLength(120);
  });

  test("ends with the last line that is not empty", () => {
    expect(footerOnWire(["satu", "", ""])).toBe("satu");
    expect(footerOnWire(["", "", ""])).toBe("");
    expect(footerOnWire([])).toBe("");
  });
});

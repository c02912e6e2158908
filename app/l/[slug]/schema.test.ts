import { describe, expect, test } from "vitest";
import type { Asks } from "@/lib/payment/payment-link";
import { Rupiah } from "@/lib/payment/rupiah";
import { parseLinkForm } from "./schema";

const fixed = { amount: Rupiah.parse(480_000), minAmount: null, maxAmount: null };
const open = { amount: null, minAmount: Rupiah.parse(20_000), maxAmount: Rupiah.parse(500_000) };
const place = { address: "Jalan Malioboro 52", city: "Yogyakarta", postalCode: "55271" };

function parse(
  values: Record<string, string>,
  asks: Partial<Asks> = {},
  price: typeof fixed | typeof open = fixed,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  const parsed = parseLinkForm(form, { price, asks: { phone: "no", address: "no", note: "no", ...asks } });
  return parsed.status === "success" ? parsed.value : parsed.reply().error;
}

describe("the form of a link's page", () => {
  test("ignores what the link does not ask for", () => {
    const typed = { name: " Sari Dewi ", amount: "1", phone: "x", note: "Halo", ...place };
    expect(parse(typed)).toEqual({
      ...{ amount: 480_000, name: "Sari Dewi", phone: undefined, shipping: undefined, note: undefined },
    });
  });

  test("takes an amount between the bounds, as people type it", () => {
    expect(parse({ name: "Sari", amount: "Rp75.000" }, {}, open)).toMatchObject({ amount: 75_000 });
    for (const amount of ["19.999", "500.001", "", "tujuh"])
      expect(parse({ name: "Sari", amount }, {}, open)).toEqual({ amount: ["amount"] });
  });

  test("names what is missing, and takes an optional field empty", () => {
    const all = { phone: "required", address: "required", note: "required" } as const;
    expect(
      parse({ name: "", phone: "", ...{ address: "", city: "", postalCode: "1" }, note: "" }, all),
    ).toEqual({
      ...{ name: ["nameMissing"], phone: ["phone"], address: ["address"], city: ["city"] },
      ...{ postalCode: ["postalCode"], note: ["note"] },
    });
    expect(parse({ name: "x".repeat(41) })).toEqual({ name: ["nameLong"] });
    const optional = { phone: "optional", address: "optional", note: "optional" } as const;
    const empty = { phone: " ", address: "", city: "", postalCode: "", note: "" };
    expect(parse({ name: "Sari", ...empty }, optional)).toMatchObject({ phone: undefined, note: undefined });
  });

  test("takes an address whole and with a phone number, or not at all", () => {
    const asks = { phone: "optional", address: "optional" } as const;
    expect(parse({ name: "Sari", phone: "", ...place, city: "" }, asks)).toEqual({
      ...{ phone: ["phone"], city: ["city"] },
    });
    expect(parse({ name: "Sari Dewi", phone: "0812-3456-7890", ...place }, asks)).toMatchObject({
      shipping: { firstName: "Sari", lastName: "Dewi", phone: "6281234567890", ...place },
    });
  });
});

import { describe, expect, test } from "vitest";
import { readCheckoutForm } from "./schema";

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};
const blank = { name: "", phone: "", email: "", address: "", city: "", postalCode: "" };
const whole = {
  name: "Anton Budiman",
  phone: "0812 3456 7890",
  email: " anton@example.com ",
  address: "Jl. Melati 1",
  city: "Bogor",
  postalCode: "16110",
};
const forCode = { asks: "name", ships: true } as const;
const forLink = { asks: "addresses", ships: true } as const;

describe("for a payment code", () => {
  test("a name is enough", () => {
    const read = readCheckoutForm(form({ ...blank, name: "  Sri " }), forCode);
    expect(read).toMatchObject({
      outcome: "read",
      contact: { name: "Sri", email: "", phone: "" },
      billing: undefined,
    });
  });

  test("what is given must still be right", () => {
    const read = readCheckoutForm(form({ ...blank, name: "Sri", phone: "12", email: "sri@" }), forCode);
    expect(read).toEqual({ outcome: "invalid", problems: { phone: "phone", email: "email" } });
  });

  test("a name that is missing and one that is too long are told apart", () => {
    const told = (name: string) => readCheckoutForm(form({ ...blank, name }), forCode);
    expect(told("   ")).toEqual({ outcome: "invalid", problems: { name: "nameMissing" } });
    expect(told("x".repeat(41))).toEqual({ outcome: "invalid", problems: { name: "nameLong" } });
  });
});

describe("for Indodana", () => {
  test("everything wrong is named at once, in the order of the page", () => {
    const read = readCheckoutForm(form(blank), forLink);
    expect(read.outcome === "invalid" && Object.keys(read.problems)).toEqual([
      ...["name", "phone", "email", "address", "city", "postalCode"],
      ...["shipAddress", "shipCity", "shipPostalCode"],
    ]);
  });

  test("goods go to the billing address when that is ticked", () => {
    const read = readCheckoutForm(form({ ...whole, sameAddress: "on" }), forLink);
    const address = { firstName: "Anton", lastName: "Budiman", phone: "6281234567890", city: "Bogor" };
    expect(read).toMatchObject({ outcome: "read", billing: address, shipping: address });
  });

  test("or elsewhere, to the same person", () => {
    const elsewhere = { shipAddress: "Jl. Mawar 2", shipCity: "Solo", shipPostalCode: "57111" };
    const read = readCheckoutForm(form({ ...whole, ...elsewhere }), forLink);
    expect(read).toMatchObject({
      shipping: { firstName: "Anton", address: "Jl. Mawar 2", city: "Solo", postalCode: "57111" },
      billing: { city: "Bogor" },
    });
  });

  test("nothing is shipped with a voucher", () => {
    const read = readCheckoutForm(form(whole), { asks: "addresses", ships: false });
    expect(read).toMatchObject({ outcome: "read", shipping: undefined });
  });
});

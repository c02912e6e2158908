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
  test("a payment code needs only a name", () => {
    const read = readCheckoutForm(form({ ...blank, name: "  Sri " }), forCode);
    expect(read).toMatchObject({
      outcome: "read",
      contact: { name: "Sri", email: "", phone: "" },
      billing: undefined,
    });
  });

  test("an optional field that is filled in must be valid", () => {
    const read = readCheckoutForm(form({ ...blank, name: "Sri", phone: "12", email: "sri@" }), forCode);
    expect(read).toEqual({ outcome: "invalid", problems: { phone: "phone", email: "email" } });
  });

  test("a missing name and one that is too long have different errors", () => {
    const read = (name: string) => readCheckoutForm(form({ ...blank, name }), forCode);
    expect(read("   ")).toEqual({ outcome: "invalid", problems: { name: "nameMissing" } });
    expect(read("x".repeat(41))).toEqual({ outcome: "invalid", problems: { name: "nameLong" } });
  });
});

describe("for a method that asks for addresses", () => {
  test("all wrong fields are named at once, in the order of the page", () => {
    const read = readCheckoutForm(form(blank), forLink);
    expect(read.outcome === "invalid" && Object.keys(read.problems)).toEqual([
      ...["name", "phone", "email", "address", "city", "postalCode"],
      ...["shipAddress", "shipCity", "shipPostalCode"],
    ]);
  });

  test("goods are sent to the billing address when the box is ticked", () => {
    const read = readCheckoutForm(form({ ...whole, sameAddress: "on" }), forLink);
    const address = { firstName: "Anton", lastName: "Budiman", phone: "6281234567890", city: "Bogor" };
    expect(read).toMatchObject({ outcome: "read", billing: address, shipping: address });
  });

  test("goods are sent to another address of the same person when the box is not ticked", () => {
    const elsewhere = { shipAddress: "Jl. Mawar 2", shipCity: "Solo", shipPostalCode: "57111" };
    const read = readCheckoutForm(form({ ...whole, ...elsewhere }), forLink);
    expect(read).toMatchObject({
      shipping: { firstName: "Anton", address: "Jl. Mawar 2", city: "Solo", postalCode: "57111" },
      billing: { city: "Bogor" },
    });
  });

  test("an order of vouchers has no shipping address", () => {
    const read = readCheckoutForm(form(whole), { asks: "addresses", ships: false });
    expect(read).toMatchObject({ outcome: "read", shipping: undefined });
  });
});

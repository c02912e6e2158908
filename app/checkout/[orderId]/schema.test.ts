import { describe, expect, test } from "vitest";
import { parseCheckoutForm } from "./schema";
import type { RequiredDetails } from "./schema";

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
const forPage = { asks: "addresses", ships: true } as const;

function parse(fields: Record<string, string>, required: RequiredDetails) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return parseCheckoutForm(form, required, (problem) => problem);
}

describe("parseCheckoutForm for a payment code", () => {
  test("asks only for a name when a payment code is chosen", () => {
    expect(parse({ ...blank, name: "  Sri " }, forCode)).toMatchObject({
      status: "success",
      value: { contact: { name: "Sri", email: "", phone: "" }, billing: undefined },
    });
  });

  test("checks an optional field that is filled in", () => {
    const parsed = parse({ ...blank, name: "Sri", phone: "12", email: "sri@" }, forCode);
    expect(parsed).toMatchObject({ status: "error", error: { phone: ["phone"], email: ["email"] } });
  });

  test("has one error for a missing name and another for a name that is too long", () => {
    expect(parse({ ...blank, name: "   " }, forCode)).toMatchObject({ error: { name: ["nameMissing"] } });
    expect(parse({ ...blank, name: "\u200b\u200b" }, forCode)).toMatchObject({
      error: { name: ["nameMissing"] },
    });
    expect(parse({ ...blank, name: "x".repeat(41) }, forCode)).toMatchObject({
      error: { name: ["nameLong"] },
    });
  });

  test("answers with what was typed, for the form to show again", () => {
    const { initialValue } = parse({ ...blank, name: "Sri", phone: "12" }, forCode).reply();
    expect(initialValue).toEqual({ name: "Sri", phone: "12" });
  });
});

describe("parseCheckoutForm beside what a program of the merchant gave", () => {
  const given = { name: "Sari Dewi", phone: "6281234567890" };
  const billing = {
    ...{ firstName: "Sari", lastName: "Dewi", address: "Jl. Melati 1", city: "Bogor" },
    ...{ postalCode: "16110", phone: "6281234567890" },
  };

  test("needs nothing for a payment code, and ignores fields that it did not ask for", () => {
    const contact = { name: "Sari Dewi", phone: "6281234567890", email: "" };
    for (const fields of [{}, { name: "Budi", phone: "1", email: "x" }])
      expect(parse(fields, { ...forCode, given })).toMatchObject({ status: "success", value: { contact } });
  });

  test("still asks for a name that was not given", () => {
    expect(parse({}, { ...forCode, given: { phone: given.phone } })).toMatchObject({
      error: { name: expect.anything() as unknown },
    });
  });

  test("asks a lender's shopper for the rest alone, and completes the addresses with it", () => {
    const parsed = parse({}, { ...forPage, given });
    expect(parsed.status === "error" && Object.keys(parsed.error ?? {})).toEqual([
      ...["email", "address", "city", "postalCode", "shipAddress", "shipCity", "shipPostalCode"],
    ]);
    const { email, address, city, postalCode } = whole;
    expect(
      parse({ email, address, city, postalCode, sameAddress: "on" }, { ...forPage, given }),
    ).toMatchObject({
      value: { contact: { ...given, email: "anton@example.com" }, billing, shipping: billing },
    });
  });

  test("needs nothing for a lender either where all was given", () => {
    const all = { ...given, email: "sari@example.com", billing, shipping: { ...billing, city: "Solo" } };
    expect(parse({}, { ...forPage, given: all })).toMatchObject({
      value: { billing, shipping: { city: "Solo" }, contact: { email: "sari@example.com" } },
    });
  });

  test("answers the browser with what was typed there and nothing that was given", () => {
    const reply = parse({ email: "x" }, { ...forPage, given: { ...given, billing } }).reply();
    expect(JSON.stringify(reply)).not.toMatch(/Sari|62812|Melati/);
  });
});

describe("parseCheckoutForm for a method that asks for addresses", () => {
  test("names all wrong fields at once, in the order of the page", () => {
    const parsed = parse(blank, forPage);
    expect(parsed.status === "error" && Object.keys(parsed.error ?? {})).toEqual([
      ...["name", "phone", "email", "address", "city", "postalCode"],
      ...["shipAddress", "shipCity", "shipPostalCode"],
    ]);
  });

  test("sends goods to the billing address when the box is ticked", () => {
    const address = { firstName: "Anton", lastName: "Budiman", phone: "6281234567890", city: "Bogor" };
    expect(parse({ ...whole, sameAddress: "on" }, forPage)).toMatchObject({
      status: "success",
      value: { billing: address, shipping: address },
    });
  });

  test("sends goods to another address of the same person when the box is not ticked", () => {
    const elsewhere = { shipAddress: "Jl. Mawar 2", shipCity: "Solo", shipPostalCode: "57111" };
    expect(parse({ ...whole, ...elsewhere }, forPage)).toMatchObject({
      value: {
        shipping: { firstName: "Anton", address: "Jl. Mawar 2", city: "Solo", postalCode: "57111" },
        billing: { city: "Bogor" },
      },
    });
  });

  test("takes no shipping address for an order of vouchers", () => {
    expect(parse(whole, { asks: "addresses", ships: false })).toMatchObject({
      status: "success",
      value: { shipping: undefined },
    });
  });
});

import { expect, test } from "vitest";
import { Rupiah } from "@/lib/payment/rupiah";
import { keyOf, newFormKey } from "./form-key";
import type { MadeForm } from "../schema";

const input: MadeForm = {
  ...{ channel: "x", codeKind: "dgpc", code: "", description: "Iuran", amount: Rupiah.parse(10_000) },
  ...{ contact: { name: "Sri", email: "", phone: "" }, expiresInMinutes: 60, reusable: false, terms: {} },
};
const formWith = (key: string) => {
  const form = new FormData();
  form.set("key", key);
  return form;
};

test("the same content of the same form has one key; another content, or another form, another", () => {
  const form = formWith(newFormKey());
  expect(keyOf(form, { ...input })).toBe(keyOf(form, input));
  expect(keyOf(form, { ...input, contact: { ...input.contact, name: "Budi" } })).not.toBe(keyOf(form, input));
  expect(keyOf(formWith(newFormKey()), input)).not.toBe(keyOf(form, input));
});

test.each(["", "short", "x".repeat(23), "with a blank in it!!!!"])(
  "a key that is none, %j, finds nobody else's payment",
  (key) => {
    expect(keyOf(formWith(key), input)).not.toBe(keyOf(formWith(key), input));
  },
);

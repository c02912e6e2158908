import { expect, test } from "vitest";
import { Rupiah } from "@/lib/payment/rupiah";
import { toIdempotencyKey, createFormKey } from "./form-key";
import type { NewCodeInput } from "@/app/dashboard/new/schema";

const input: NewCodeInput = {
  ...{ channel: "x", codeKind: "dgpc", code: "", description: "Iuran", amount: Rupiah.parse(10_000) },
  ...{ contact: { name: "Sri", email: "", phone: "" }, expiresInMinutes: 60, reusable: false, terms: {} },
};
const formWith = (key: string) => {
  const form = new FormData();
  form.set("key", key);
  return form;
};

test("gives one key to the same content of the same form, and another key to other content or another form", () => {
  const form = formWith(createFormKey());
  expect(toIdempotencyKey(form, { ...input })).toBe(toIdempotencyKey(form, input));
  expect(toIdempotencyKey(form, { ...input, contact: { ...input.contact, name: "Budi" } })).not.toBe(
    toIdempotencyKey(form, input),
  );
  expect(toIdempotencyKey(formWith(createFormKey()), input)).not.toBe(toIdempotencyKey(form, input));
});

test.each(["", "short", "x".repeat(23), "with a blank in it!!!!"])(
  "replaces the invalid key %j by a new one each time, so that it finds no other payment",
  (key) => {
    expect(toIdempotencyKey(formWith(key), input)).not.toBe(toIdempotencyKey(formWith(key), input));
  },
);

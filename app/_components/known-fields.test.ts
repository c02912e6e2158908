import { expect, test } from "vitest";
import { pickFields } from "./known-fields";

test("keeps the fields of the form as text of a limited length, and drops every other field", () => {
  const form = new FormData();
  form.append("name", "n".repeat(501));
  form.append("email", "first@example.com");
  form.append("email", "second@example.com");
  form.append("phone", new Blob(["x"]), "phone.txt");
  form.append("__intent__", "{}");
  form.append("name[4294967294]", "x");
  expect([...pickFields(form, ["name", "email", "phone", "city"])]).toEqual([
    ["name", "n".repeat(500)],
    ["email", "first@example.com"],
  ]);
});

import { expect, test } from "vitest";
import { appearanceFields, parseAppearanceForm } from "./schema";
import type { AppearanceFormValues } from "./schema";

function parse(values: AppearanceFormValues) {
  const form = new FormData();
  for (const name of appearanceFields) form.set(name, values[name] ?? "");
  return parseAppearanceForm(form);
}

const parsed = (values: AppearanceFormValues) => {
  const { status, ...rest } = parse(values);
  if (status !== "success" || !("value" in rest)) throw new Error(JSON.stringify(parse(values).reply()));
  return rest.value;
};

test("an empty form is the default of everything", () => {
  expect(parsed({ name: "  " })).toEqual(Object.fromEntries(appearanceFields.map((name) => [name, null])));
});

test("takes what people type, and keeps it in one spelling", () => {
  const typed = { accent: "B3261E", whatsapp: "0812-3456-7890", website: "tokosenja.id", helpId: "a\r\nb " };
  expect(parsed(typed)).toMatchObject({
    accent: "#b3261e",
    whatsapp: "6281234567890",
    website: "https://tokosenja.id/",
    helpId: "a\nb",
  });
});

test.each([
  ["name", "x".repeat(41)],
  ["name", "\u200b"],
  ["accent", "red"],
  ["accent", "#fff;}*{display:none"],
  ["whatsapp", "12345"],
  ["phone", "call me"],
  ["email", "halo@"],
  ["website", "http://tokosenja.id"],
  ["website", "javascript:alert(1)"],
  ["website", "https://tokosenja.id@elsewhere.example/"],
  ["website", "https://localhost/"],
  ["helpEn", "x".repeat(301)],
] as const)("says what is wrong with the field %s: %j", (name, value) => {
  expect(parse({ [name]: value }).reply().error).toEqual({ [name]: [name] });
});

import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import en from "@/messages/en.json";
import id from "@/messages/id.json";
import { encodeProblem, formatCheckoutProblem } from "./checkout-problem";

const indonesian = createTranslator({ locale: "id", messages: id, namespace: "checkout" });
const english = createTranslator({ locale: "en", messages: en, namespace: "checkout" });

test("the same answer of the checkout is read in the language of the page", () => {
  const answer = encodeProblem({ key: "errors.nameMissing" });
  expect(formatCheckoutProblem(answer, indonesian)).toBe(id.checkout.errors.nameMissing);
  expect(formatCheckoutProblem(answer, english)).toBe(en.checkout.errors.nameMissing);
});

test("a wait is written in seconds below a minute, then in minutes, rounded up", () => {
  const wait = (seconds: number) =>
    formatCheckoutProblem(encodeProblem({ key: "tooMany", seconds }), english);
  expect(wait(59)).toContain("59 seconds");
  expect(wait(61)).toContain("2 minutes");
});

import { expect, test } from "vitest";
import { isRightProof, toProofQuestion } from "./order-proof";

const withPhone = { customerName: "Anton Budiman", customerPhone: "6281234567890" };
const withName = { customerName: "Ñandú Dewi", customerPhone: null };
const withNothing = { customerName: null, customerPhone: null };

test("asks for the phone's last digits, else the name, else nothing", () => {
  expect([withPhone, withName, withNothing].map(toProofQuestion)).toEqual(["phone", "name", undefined]);
  expect(toProofQuestion({ customerName: "—", customerPhone: null })).toBeUndefined();
});

test.each([
  ["7890", true],
  [" 7890 ", true],
  ["7891", false],
  ["0", false],
  ["", false],
  ["6281234567890", false],
  ["Anton Budiman", false],
])("for an order with a phone number, %j is right: %j", (answer, right) => {
  expect(isRightProof(withPhone, answer)).toBe(right);
});

test.each([
  ["Nandu dewi", true],
  ["  ÑANDÚ  DEWI", true],
  ["Ñandú", false],
  ["", false],
])("for an order without one, the name %j is right: %j", (answer, right) => {
  expect(isRightProof(withName, answer)).toBe(right);
});

test.each(["R A", "王 芳", "1", "Al", "R. A. Ani"])(
  "the name %j is no proof, because the page shows nearly all of it",
  (customerName) => {
    const customer = { customerName, customerPhone: null };
    expect(toProofQuestion(customer)).toBeUndefined();
    expect(isRightProof(customer, customerName)).toBe(false);
  },
);

test("an order without phone and name has no right answer", () => {
  for (const answer of ["", "—", "0000", "null"]) expect(isRightProof(withNothing, answer)).toBe(false);
});

import { expect, test } from "vitest";
import { listCaseActs, toResolution } from "./case-decision";
import { caseKinds, moneyCaseKinds } from "./case-kind";

test("a case about money of an order is never closed with a note alone", () => {
  for (const kind of moneyCaseKinds.filter((each) => each !== "orphan"))
    for (const isAmountKnown of [true, false])
      expect(listCaseActs(kind, isAmountKnown), kind).not.toContain("note");
});

test("every case can be closed, whatever is known about its amount", () => {
  for (const kind of caseKinds)
    for (const isAmountKnown of [true, false])
      expect(listCaseActs(kind, isAmountKnown), kind).not.toEqual([]);
});

test("money of an unknown amount can be returned, and not put on record", () => {
  expect(listCaseActs("amount_differs", false)).toEqual(["return"]);
  expect(listCaseActs("amount_differs", true)).toEqual(["accept", "return"]);
});

test("money without an order cannot be accepted, and an answer without money neither returned nor accepted", () => {
  expect(listCaseActs("orphan", true)).toEqual(["return", "note"]);
  expect(listCaseActs("conflicting_answer", true)).toEqual(["note"]);
  expect(listCaseActs("payment_claimed", true)).toEqual(["note"]);
});

test("each act has a resolution of its own", () => {
  expect([toResolution("accept"), toResolution("return"), toResolution("note")]).toEqual([
    "accepted",
    "returned",
    "noted",
  ]);
});

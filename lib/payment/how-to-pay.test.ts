import { expect, test } from "vitest";
import { splitByLanguage } from "./how-to-pay";
import type { HowToPay } from "./how-to-pay";

const inLanguage = (language: HowToPay["language"], channel: string): HowToPay => ({
  language,
  channel,
  steps: ["1"],
});
const [alfamartId, alfamartEn, lawsonId] = [
  inLanguage("id", "Alfamart"),
  inLanguage("en", "Alfamart"),
  inLanguage("id", "Lawson"),
];

test("splitByLanguage keeps DOKU's order, and puts the steps in the reader's language first", () => {
  const all = [alfamartId, alfamartEn, lawsonId];
  expect(splitByLanguage(all, "id")).toEqual({ own: [alfamartId, lawsonId], other: [alfamartEn] });
  expect(splitByLanguage(all, "en")).toEqual({ own: [alfamartEn], other: [alfamartId, lawsonId] });
});

test("splitByLanguage leaves the own language empty where DOKU has steps in the other one only", () => {
  expect(splitByLanguage([alfamartId], "en")).toEqual({ own: [], other: [alfamartId] });
  expect(splitByLanguage([], "en")).toEqual({ own: [], other: [] });
});

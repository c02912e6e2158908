import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { Rupiah } from "@/lib/payment/rupiah";
import en from "@/messages/en.json";
import id from "@/messages/id.json";
import { encodeProblem, formatChangeProblem } from "./change-problem";

const indonesian = {
  errors: createTranslator({ locale: "id", messages: id, namespace: "dashboard.make.errors" }),
  faults: createTranslator({ locale: "id", messages: id, namespace: "dashboard.act.faults" }),
};
const english = {
  errors: createTranslator({ locale: "en", messages: en, namespace: "dashboard.make.errors" }),
  faults: createTranslator({ locale: "en", messages: en, namespace: "dashboard.act.faults" }),
};

test("the same answer about a change is read in the language of the page, with its amounts", () => {
  const tooLow = encodeProblem({
    field: "amount",
    because: "beyond_limits",
    least: 10_000,
    most: Rupiah.parse(2_500_000),
  });
  expect(formatChangeProblem(tooLow, indonesian, "id")).toContain("Rp2.500.000");
  expect(formatChangeProblem(tooLow, english, "en")).toContain("IDR\u00a02,500,000");
  const unending = encodeProblem({ field: "lasts", because: "out_of_range" });
  expect(formatChangeProblem(unending, english, "en")).toContain("99,999 minutes");
  const paid = encodeProblem({ field: "reusable", because: "paid_before" });
  expect(formatChangeProblem(paid, indonesian, "id")).toContain("sudah pernah dibayar");
  const tooLong = encodeProblem({ key: "long", most: 40 });
  expect(formatChangeProblem(tooLong, english, "en")).toBe("At most 40 characters.");
});

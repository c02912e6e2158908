import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import id from "@/messages/id.json";
import { caseKinds } from "@/lib/payment/case-kind";
import { formatCaseStory } from "@/app/dashboard/_components/case-story";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });

test.each(caseKinds)("fills in every value in the story of %s", (kind) => {
  const story = formatCaseStory({ kind, reported: 1000, orderAmount: 92_000, received: 0 }, t, "id");
  expect(story).not.toMatch(/[{}]/);
});

test("names both amounts when they differ", () => {
  const money = { kind: "amount_differs", reported: 1000, orderAmount: 92_000, received: 0 } as const;
  const story = formatCaseStory(money, t, "id").replaceAll("\u00a0", "");
  expect(story).toContain("Rp1.000");
  expect(story).toContain("Rp92.000");
});

test("says that an amount could not be read, and never shows it as 0", () => {
  const money = { kind: "amount_differs", reported: null, orderAmount: 92_000, received: 0 } as const;
  expect(formatCaseStory(money, t, "id")).toContain(id.dashboard.unreadableAmount);
});

import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import id from "@/messages/id.json";
import { caseKinds } from "@/lib/payment/decide";
import { caseStory } from "@/app/dashboard/_components/case-story";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });

test.each(caseKinds)("the story of %s leaves nothing to fill in", (kind) => {
  const story = caseStory({ kind, reported: 1000, orderAmount: 92_000, received: 0 }, t, "id");
  expect(story).not.toMatch(/[{}]/);
});

test("an amount that differs names both", () => {
  const money = { kind: "amount_differs", reported: 1000, orderAmount: 92_000, received: 0 } as const;
  const story = caseStory(money, t, "id").replaceAll("\u00a0", "");
  expect(story).toContain("Rp1.000");
  expect(story).toContain("Rp92.000");
});

test("an amount that could not be read is said to be so, and is never 0", () => {
  const money = { kind: "amount_differs", reported: null, orderAmount: 92_000, received: 0 } as const;
  expect(caseStory(money, t, "id")).toContain(id.dashboard.unreadableAmount);
});

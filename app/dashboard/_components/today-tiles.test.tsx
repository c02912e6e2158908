import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { BoundedCount } from "@/db/queries/dashboard/bounded-count";
import type { TodaysSummary } from "@/db/queries/dashboard/summary";
import id from "@/messages/id.json";
import { TodayTiles } from "./today-tiles";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });

const exactly = (count: number): BoundedCount => ({ count, isMore: false });

const render = (
  stray: TodaysSummary["stray"],
  waiting: TodaysSummary["waiting"] = { count: exactly(0), sum: 0 },
): string => {
  const none = { count: 0, sum: 0 };
  const summary = {
    paid: none,
    refunded: none,
    waiting,
    undecided: { cases: exactly(0), orders: exactly(0) },
    unclear: exactly(0),
    stray,
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="id">
      <TodayTiles summary={summary} t={t} />
    </NextIntlClientProvider>,
  );
};

test("a rejected message, which any stranger can send, is named and does not ask for attention", () => {
  const html = render({ orphans: exactly(0), rejected: exactly(7) });
  expect(html).toContain("7\u00a0ditolak");
  expect(html).not.toContain('<span class="digits">7</span>');
  expect(html).not.toContain("text-danger");
});

test("a message that DOKU signed and that belongs to no order asks for attention, counted without the rejected ones", () => {
  const html = render({ orphans: exactly(1), rejected: exactly(7) });
  expect(html).toContain("text-danger");
  expect(html).toContain('<span class="digits">1</span>');
  expect(html).not.toContain('<span class="digits">8</span>');
});

test("more than a thousand waiting orders are shown as such, with the sum of those that were counted as the least", () => {
  const html = render(
    { orphans: exactly(0), rejected: exactly(0) },
    { count: { count: 1000, isMore: true }, sum: 150_000_000 },
  );
  expect(html).toContain('<span class="digits">1.000+</span>');
  expect(html).toContain("lebih dari Rp150.000.000");
});

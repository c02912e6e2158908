import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { TodaysSummary } from "@/db/queries/dashboard/orders";
import id from "@/messages/id.json";
import { TodayTiles } from "./today-tiles";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });

const render = (stray: TodaysSummary["stray"]): string => {
  const none = { count: 0, sum: 0 };
  const summary = {
    paid: none,
    refunded: none,
    waiting: none,
    undecided: { cases: 0, orders: 0 },
    unclear: 0,
    stray,
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="id">
      <TodayTiles summary={summary as unknown as TodaysSummary} t={t} />
    </NextIntlClientProvider>,
  );
};

test("a rejected message, which any stranger can send, is named and does not ask for attention", () => {
  const html = render({ orphans: 0, rejected: 7 });
  expect(html).toContain("7\u00a0ditolak");
  expect(html).not.toContain('<span class="digits">7</span>');
  expect(html).not.toContain("text-danger");
});

test("a message that DOKU signed and that belongs to no order asks for attention, counted without the rejected ones", () => {
  const html = render({ orphans: 1, rejected: 7 });
  expect(html).toContain("text-danger");
  expect(html).toContain('<span class="digits">1</span>');
  expect(html).not.toContain('<span class="digits">8</span>');
});

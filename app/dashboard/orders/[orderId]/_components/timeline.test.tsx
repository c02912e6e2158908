import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import id from "@/messages/id.json";
import { Timeline } from "./timeline";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });
const event = {
  id: "1",
  kind: "moved",
  to: "paid",
  paymentId: null,
  actor: "doku",
  reason: undefined,
  at: new Date("2026-11-21T10:30:05Z"),
  detail: { saidAt: "2026-11-21T10:29:58Z" },
};

test("the history of an order shows its times to the second", () => {
  const found = { events: [event], payments: [], staff: new Map() } as unknown as MerchantOrder;
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="id">
      <Timeline found={found} now={event.at} locale="id" t={t} />
    </NextIntlClientProvider>,
  );
  expect(html).toContain("17.30.05\u00a0WIB");
  expect(html).toContain("17.29.58\u00a0WIB");
});

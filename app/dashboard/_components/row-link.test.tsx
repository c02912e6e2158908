import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import type { ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { CodeCards } from "@/app/dashboard/codes/_components/code-cards";
import { CodeTable } from "@/app/dashboard/codes/_components/code-table";
import type { ReusableCode } from "@/db/queries/dashboard/codes";
import { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import id from "@/messages/id.json";
import { OrderCards } from "./order-cards";
import { OrderTable } from "./order-table";
import { rowLinkArea } from "./row-link";
import type { ShownOrder } from "./to-shown-order";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });
const now = new Date("2026-11-21T10:30:00Z");
const orderId = OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA");
const order: ShownOrder = {
  id: orderId,
  customer: "Sari",
  amount: "Rp92.000",
  status: [],
  createdAt: { iso: now.toISOString(), text: "17.30 WIB" },
};
const texts = { title: "", columns: [], noInvoice: "", noName: "" };
const code = {
  id: "1",
  orderId,
  amount: Rupiah.parse(92_000),
  received: Rupiah.parse(92_000),
  timesPaid: 1,
  customerName: "Sari",
  channel: "alfa",
  paymentCode: null,
  status: "awaiting_payment",
  expiresAt: null,
  lastPaidAt: now,
} as unknown as ReusableCode;

const render = (page: ReactNode): string =>
  renderToStaticMarkup(<NextIntlClientProvider locale="id">{page}</NextIntlClientProvider>);

describe("a list of the dashboard", () => {
  test.each([
    ["order cards", <OrderCards key="" orders={[order]} texts={texts} />],
    ["order rows", <OrderTable key="" orders={[order]} texts={texts} />],
    ["code cards", <CodeCards key="" codes={[code]} now={now} t={t} />],
    ["code rows", <CodeTable key="" codes={[code]} now={now} t={t} />],
  ])("opens its entries by one link that covers the whole entry: %s", (_, list) => {
    const html = render(list);
    const links = html.match(/<a [^>]*>/g) ?? [];
    expect(links).toHaveLength(1);
    expect(links[0]).toContain(`href="/dashboard/orders/${orderId}"`);
    expect(links[0]).toContain("after:absolute after:inset-0");
    // Nothing between the entry and its link is positioned, so that the link's area ends at the entry.
    const area = html.slice(html.indexOf(rowLinkArea), html.indexOf("<a "));
    expect(area.split(/\brelative\b/)).toHaveLength(2);
  });
});

import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import en from "@/messages/en.json";
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

const changed = {
  ...{ id: "2", paymentId: "p", actor: "staff:u1", reason: "requested", at: event.at },
  ...{ kind: "validity_changed", to: "awaiting_payment" },
  detail: { expiresAt: "2026-11-24T10:30:05Z", expiresInMinutes: 4320, reusable: true },
};
const asked = { ...changed, kind: "change_asked", detail: { ...changed.detail, change: "validity" } };

test.each([
  [
    "id",
    id,
    ["Masa berlaku diubah", "Ubah masa berlaku", "berlaku 3 hari", "bisa dibayar berkali-kali", "Sri (staf)"],
  ],
  [
    "en",
    en,
    [
      ...["How long it lasts was changed", "Change how long it lasts", "lasts 3 d"],
      ...["can be paid more than once", "Sri (staff)"],
    ],
  ],
] as const)(
  "the history says in %s who changed how long and how often a code can be paid, and to what",
  (locale, messages, words) => {
    const staff = new Map([["u1", "Sri"]]);
    const found = { events: [asked, changed], payments: [], staff } as unknown as MerchantOrder;
    const html = renderToStaticMarkup(
      <NextIntlClientProvider locale={locale}>
        <Timeline
          found={found}
          now={event.at}
          locale={locale}
          t={createTranslator({ locale, messages, namespace: "dashboard" })}
        />
      </NextIntlClientProvider>,
    );
    for (const word of words) expect(html).toContain(word);
  },
);
